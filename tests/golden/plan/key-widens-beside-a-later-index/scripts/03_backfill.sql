-- bellows: plan=f703b2ff898e2aa1 phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Entry" key="id"
UPDATE "Entry" SET "billId__bellows" = "billId" WHERE "billId__bellows" IS NULL;
