-- CreateIndex
CREATE UNIQUE INDEX "Team_league_id_season_key" ON "Team"("league", "id", "season");
