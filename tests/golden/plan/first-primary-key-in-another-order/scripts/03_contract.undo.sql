-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_id_team_key" ON "User"("id", "team");
