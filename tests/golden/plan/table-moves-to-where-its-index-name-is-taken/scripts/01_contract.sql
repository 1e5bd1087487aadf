-- bellows: plan=a068a340f64e9001 phase=contract script=1/2
-- DropIndex
DROP INDEX CONCURRENTLY "audit"."i";
