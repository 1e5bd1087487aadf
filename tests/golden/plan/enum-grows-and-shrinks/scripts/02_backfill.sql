-- bellows: plan=90b68d1d50e7f8fa phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
