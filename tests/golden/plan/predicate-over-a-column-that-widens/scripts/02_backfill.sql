-- bellows: plan=7ea85352df042c58 phase=backfill script=2/10
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "qty__bellows" = "qty" WHERE "qty__bellows" IS NULL;
