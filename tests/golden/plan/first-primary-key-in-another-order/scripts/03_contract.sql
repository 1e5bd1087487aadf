-- bellows: plan=12d5c84739551dfb phase=contract script=3/3
-- DropIndex
DROP INDEX CONCURRENTLY "User_id_team_key";
