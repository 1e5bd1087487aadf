-- bellows: plan=05c93e4b2c704636 phase=contract script=3/3
-- DropIndex
DROP INDEX CONCURRENTLY "User_id_key";
