-- bellows: plan=4d91a61d35662d3e phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Medication" key="id"
UPDATE "Medication" SET "label" = pg_catalog.upper(name) WHERE "label" IS NULL;
