-- bellows: plan=7f89df7132d21f59 phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "amount" = "qty" WHERE "amount" IS NULL;
