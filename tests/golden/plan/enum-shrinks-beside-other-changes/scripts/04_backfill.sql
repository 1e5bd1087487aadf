-- bellows: plan=58e7cb8931e8fb48 phase=backfill script=4/13
-- Backfill
-- bellows: backfill table="Fresh" key="id"
UPDATE "Fresh" SET "r__bellows" = NULL WHERE "r__bellows" IS NULL;
