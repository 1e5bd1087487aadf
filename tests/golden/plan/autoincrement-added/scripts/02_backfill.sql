-- bellows: plan=55fa960613099ed3 phase=backfill script=2/7
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "number" = DEFAULT WHERE "number" IS NULL;
