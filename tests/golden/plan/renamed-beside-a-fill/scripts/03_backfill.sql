-- bellows: plan=a8ec68be8caa31e4 phase=backfill script=3/9
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "loud" = pg_catalog.upper(name) WHERE "loud" IS NULL;
