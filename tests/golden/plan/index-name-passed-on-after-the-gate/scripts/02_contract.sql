-- bellows: plan=f8e3df8249d8de6e phase=contract script=2/3
-- DropIndex
DROP INDEX CONCURRENTLY "by_stops";
