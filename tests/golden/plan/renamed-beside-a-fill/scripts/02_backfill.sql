-- bellows: plan=a8ec68be8caa31e4 phase=backfill script=2/9
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "twice" = size OPERATOR(pg_catalog.*) 2 WHERE "twice" IS NULL;
