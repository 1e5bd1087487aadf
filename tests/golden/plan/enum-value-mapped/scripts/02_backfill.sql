-- bellows: plan=9781dd2c5bed828a phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
