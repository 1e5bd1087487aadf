-- bellows: plan=2031ee36e43e8cba phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "code__bellows" = NULL WHERE "code__bellows" IS NULL;
