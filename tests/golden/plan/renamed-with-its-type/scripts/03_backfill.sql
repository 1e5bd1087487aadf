-- bellows: plan=0667b867c6782854 phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "amount" = "qty" WHERE "amount" IS NULL;
