-- bellows: plan=54ead1d525fbdb66 phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Account" key="id"
UPDATE "Account" SET "plan" = 'FREE' WHERE "plan" IS NULL;
