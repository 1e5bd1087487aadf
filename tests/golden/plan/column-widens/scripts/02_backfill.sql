-- bellows: plan=f51b8390a8ca3c50 phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "qty__bellows" = "qty" WHERE "qty__bellows" IS NULL;
