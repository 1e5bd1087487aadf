-- bellows: plan=57d8fc441839822e phase=backfill script=4/15
-- Backfill
-- bellows: backfill table="Ware" key="id"
UPDATE "Ware" SET "cents" = NULL WHERE "cents" IS NULL;
