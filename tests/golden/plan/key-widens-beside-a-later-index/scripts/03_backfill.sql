-- bellows: plan=cbeffac2e5283781 phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Entry" key="id"
UPDATE "Entry" SET "billId__bellows" = "billId" WHERE "billId__bellows" IS NULL;
