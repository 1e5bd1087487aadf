-- bellows: plan=c5c2187430c335e7 phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
