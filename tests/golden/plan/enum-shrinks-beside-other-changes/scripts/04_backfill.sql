-- bellows: plan=52c7f17e61a4b5c2 phase=backfill script=4/13
-- Backfill
-- bellows: backfill table="Fresh" key="id"
UPDATE "Fresh" SET "r__bellows" = NULL WHERE "r__bellows" IS NULL;
