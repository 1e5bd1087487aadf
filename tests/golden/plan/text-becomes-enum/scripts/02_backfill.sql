-- bellows: plan=17e246f4f9eb06f5 phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
