-- bellows: plan=c50e022f3d1a7246 phase=backfill script=2/4
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "count__bellows" = "count" WHERE "count__bellows" IS NULL;
