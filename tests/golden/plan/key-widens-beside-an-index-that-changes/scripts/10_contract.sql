-- bellows: plan=f07202ac65bac8b4 phase=contract script=10/11
-- DropIndex
DROP INDEX "Team_league_id_season_key";
