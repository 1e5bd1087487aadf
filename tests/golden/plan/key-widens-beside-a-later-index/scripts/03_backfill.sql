-- bellows: plan=3faf5d6c00574208 phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Entry" key="id"
UPDATE "Entry" SET "billId__bellows" = "billId" WHERE "billId__bellows" IS NULL;
