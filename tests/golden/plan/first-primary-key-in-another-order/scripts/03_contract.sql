-- bellows: plan=e3e1b0abce05d64a phase=contract script=3/3
-- DropIndex
DROP INDEX CONCURRENTLY "User_id_team_key";
