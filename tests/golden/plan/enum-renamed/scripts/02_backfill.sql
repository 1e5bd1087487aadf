-- bellows: plan=76adaf5c963c1111 phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Account" key="id"
UPDATE "Account" SET "plan" = 'FREE' WHERE "plan" IS NULL;
