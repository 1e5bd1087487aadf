-- bellows: plan=8d8462d2a6878bd3 phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "qty__bellows" = "qty" WHERE "qty__bellows" IS NULL;
