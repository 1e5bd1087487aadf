-- bellows: plan=753a71ee50556080 phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "amount" = "qty" WHERE "amount" IS NULL;
