-- bellows: plan=d9edbe37f29492fa phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "qty__bellows" = "qty" WHERE "qty__bellows" IS NULL;
