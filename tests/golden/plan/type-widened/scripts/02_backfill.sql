-- bellows: plan=1f68c4708e363058 phase=backfill script=2/4
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "count__bellows" = "count" WHERE "count__bellows" IS NULL;
