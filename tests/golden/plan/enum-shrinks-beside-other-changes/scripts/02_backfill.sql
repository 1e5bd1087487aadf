-- bellows: plan=18bd761d86a1ad01 phase=backfill script=2/13
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
