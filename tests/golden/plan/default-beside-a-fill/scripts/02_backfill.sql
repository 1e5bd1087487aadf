-- bellows: plan=eb25f38250f90636 phase=backfill script=2/7
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "twice" = size OPERATOR(pg_catalog.*) 2 WHERE "twice" IS NULL;
