-- bellows: plan=2229f109bcea8d87 phase=backfill script=2/8
-- Backfill
-- bellows: backfill table="Ward" key="number"
UPDATE "Ward" SET "number" = DEFAULT WHERE "number" IS NULL;
