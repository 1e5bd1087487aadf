-- bellows: plan=8d8462d2a6878bd3 phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "n__bellows" = "n" WHERE "n__bellows" IS NULL;
