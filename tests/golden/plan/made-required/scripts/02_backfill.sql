-- bellows: plan=d3c5dc2aa165e0d7 phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Medication" key="id"
UPDATE "Medication" SET "dose" = 1 WHERE "dose" IS NULL;
