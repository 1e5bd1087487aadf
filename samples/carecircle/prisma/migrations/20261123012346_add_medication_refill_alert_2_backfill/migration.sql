-- bellows: plan=31c744692482debc phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Medication"
UPDATE "Medication" SET "refillAt" = GREATEST("unitsLeft" OPERATOR(pg_catalog./) 4, 10) WHERE "refillAt" IS NULL;
