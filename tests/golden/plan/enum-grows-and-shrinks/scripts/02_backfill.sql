-- bellows: plan=401f368831da8fa2 phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
