-- bellows: plan=963c3d2fcaa85ee7 phase=backfill script=2/4
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "count__bellows" = "count" WHERE "count__bellows" IS NULL;
