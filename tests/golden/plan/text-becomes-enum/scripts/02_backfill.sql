-- bellows: plan=1ec1f61f26a02e33 phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "role__bellows" = NULL WHERE "role__bellows" IS NULL;
