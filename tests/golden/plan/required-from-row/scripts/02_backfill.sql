-- bellows: plan=dc35578cfa0ac89a phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Medication" key="id"
UPDATE "Medication" SET "label" = pg_catalog.upper(name) WHERE "label" IS NULL;
