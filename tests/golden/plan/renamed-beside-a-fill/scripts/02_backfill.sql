-- bellows: plan=d3b3dad81a8ebe7e phase=backfill script=2/9
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "twice" = size OPERATOR(pg_catalog.*) 2 WHERE "twice" IS NULL;
