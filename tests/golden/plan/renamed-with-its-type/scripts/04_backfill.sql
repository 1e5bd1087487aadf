-- bellows: plan=0d4eb4356ad566ad phase=backfill script=4/15
-- Backfill
-- bellows: backfill table="Ware" key="id"
UPDATE "Ware" SET "cents" = NULL WHERE "cents" IS NULL;
