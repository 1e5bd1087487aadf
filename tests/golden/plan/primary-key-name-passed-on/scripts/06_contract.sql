-- bellows: plan=2229f109bcea8d87 phase=contract script=6/8
-- DropIndex
DROP INDEX CONCURRENTLY "Ward_pkey";
