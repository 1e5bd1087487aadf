-- bellows: plan=57d8fc441839822e phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "amount" = "qty" WHERE "amount" IS NULL;
