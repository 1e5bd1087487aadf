-- bellows: plan=9726376305c8ef22 phase=contract script=1/2
-- DropIndex
DROP INDEX CONCURRENTLY "audit"."i";
