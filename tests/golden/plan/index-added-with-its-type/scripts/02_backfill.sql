-- bellows: plan=d383243b7a8a007c phase=backfill script=2/10
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "qty__bellows" = "qty" WHERE "qty__bellows" IS NULL;
