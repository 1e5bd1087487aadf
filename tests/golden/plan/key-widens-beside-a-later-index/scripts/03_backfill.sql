-- bellows: plan=192d251026f1830c phase=backfill script=3/15
-- Backfill
-- bellows: backfill table="Entry" key="id"
UPDATE "Entry" SET "billId__bellows" = "billId" WHERE "billId__bellows" IS NULL;
