-- bellows: plan=1a6cade9ac50c59e phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
