-- bellows: plan=0845f7914e7bc78a phase=backfill script=2/7
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "twice" = size OPERATOR(pg_catalog.*) 2 WHERE "twice" IS NULL;
