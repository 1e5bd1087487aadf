-- bellows: plan=0d4eb4356ad566ad phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "amount" = "qty" WHERE "amount" IS NULL;
