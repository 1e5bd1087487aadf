-- bellows: plan=20d51e164cd772bc phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "qty__bellows" = "qty" WHERE "qty__bellows" IS NULL;
