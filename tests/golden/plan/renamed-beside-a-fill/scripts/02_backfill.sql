-- bellows: plan=fe4e7702d29f4154 phase=backfill script=2/8
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "twice" = size OPERATOR(pg_catalog.*) 2 WHERE "twice" IS NULL;
