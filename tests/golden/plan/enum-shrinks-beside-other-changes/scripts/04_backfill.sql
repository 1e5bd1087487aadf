-- bellows: plan=e8b2173e570c8d1b phase=backfill script=4/13
-- Backfill
-- bellows: backfill table="Fresh" key="id"
UPDATE "Fresh" SET "r__bellows" = NULL WHERE "r__bellows" IS NULL;
