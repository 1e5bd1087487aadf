-- bellows: plan=3c3874fcebd20bdc phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Account" key="id"
UPDATE "Account" SET "plan" = 'FREE' WHERE "plan" IS NULL;
