-- bellows: plan=eb25f38250f90636 phase=backfill script=3/7
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "wide" = size WHERE "wide" IS NULL;
