-- bellows: plan=7d3901e8340cbec6 phase=backfill script=2/13
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
