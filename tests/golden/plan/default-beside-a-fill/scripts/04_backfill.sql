-- bellows: plan=eb25f38250f90636 phase=backfill script=4/7
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "token" = DEFAULT WHERE "token" IS NULL;
