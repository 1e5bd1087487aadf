-- bellows: plan=6563ab0cdb97d1ee phase=backfill script=4/13
-- Backfill
-- bellows: backfill table="Fresh" key="id"
UPDATE "Fresh" SET "r__bellows" = NULL WHERE "r__bellows" IS NULL;
