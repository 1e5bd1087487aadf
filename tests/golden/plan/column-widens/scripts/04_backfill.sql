-- bellows: plan=8d8462d2a6878bd3 phase=backfill script=4/15
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "at__bellows" = "at" AT TIME ZONE 'UTC' WHERE "at__bellows" IS NULL;
