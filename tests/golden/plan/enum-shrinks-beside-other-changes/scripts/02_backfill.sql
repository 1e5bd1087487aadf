-- bellows: plan=58e7cb8931e8fb48 phase=backfill script=2/13
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
