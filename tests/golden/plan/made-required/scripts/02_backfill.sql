-- bellows: plan=9c1cb33604538645 phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Medication" key="id"
UPDATE "Medication" SET "dose" = 1 WHERE "dose" IS NULL;
