-- bellows: plan=d3b3dad81a8ebe7e phase=backfill script=3/9
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "loud" = pg_catalog.upper(name) WHERE "loud" IS NULL;
