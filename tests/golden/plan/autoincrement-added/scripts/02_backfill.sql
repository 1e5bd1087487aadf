-- bellows: plan=b4cd88245a967d68 phase=backfill script=2/7
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "number" = DEFAULT WHERE "number" IS NULL;
