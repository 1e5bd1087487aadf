-- bellows: plan=1228eabe2c7a6115 phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "cents" = NULL WHERE "cents" IS NULL;
