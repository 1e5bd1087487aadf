-- bellows: plan=866a43be9f18bf6f phase=backfill script=3/9
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "loud" = pg_catalog.upper(name) WHERE "loud" IS NULL;
