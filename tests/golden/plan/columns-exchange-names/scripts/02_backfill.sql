-- bellows: plan=8f0490322dab5eda phase=backfill script=2/10
-- Backfill
-- bellows: backfill table="A" key="id"
UPDATE "A" SET "a" = 7 WHERE "a" IS NULL;
