-- bellows: plan=866a43be9f18bf6f phase=backfill script=2/9
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "twice" = size OPERATOR(pg_catalog.*) 2 WHERE "twice" IS NULL;
