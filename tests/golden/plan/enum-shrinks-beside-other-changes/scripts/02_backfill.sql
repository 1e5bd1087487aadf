-- bellows: plan=6563ab0cdb97d1ee phase=backfill script=2/13
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
