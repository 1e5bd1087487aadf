-- bellows: plan=5f1ad6d4da645bed phase=contract script=2/3
-- DropIndex
DROP INDEX CONCURRENTLY "by_stops";
