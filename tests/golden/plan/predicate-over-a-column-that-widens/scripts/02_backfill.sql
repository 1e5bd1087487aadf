-- bellows: plan=e04b43520d08ab92 phase=backfill script=2/10
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "qty__bellows" = "qty" WHERE "qty__bellows" IS NULL;
