-- bellows: plan=3e3efd34d9da63b7 phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "qty__bellows" = "qty" WHERE "qty__bellows" IS NULL;
