-- bellows: plan=52c7f17e61a4b5c2 phase=backfill script=2/13
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
