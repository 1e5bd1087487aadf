-- bellows: plan=3a6515b7787d3830 phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Entry" key="id"
UPDATE "Entry" SET "billId__bellows" = "billId" WHERE "billId__bellows" IS NULL;
