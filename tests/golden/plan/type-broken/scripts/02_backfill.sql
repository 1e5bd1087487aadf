-- bellows: plan=6bec0dc0b8ce2d6a phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "code__bellows" = NULL WHERE "code__bellows" IS NULL;
