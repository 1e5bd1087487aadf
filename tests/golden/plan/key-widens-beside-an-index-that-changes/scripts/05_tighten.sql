-- bellows: plan=f07202ac65bac8b4 phase=tighten script=5/11
/*
  Warnings:

  - [season,league,id] of the table `Team` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Team_season_league_id_key_new__bellows" ON "Team"("season", "league", "id__bellows");
