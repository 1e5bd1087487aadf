-- bellows: plan=6439533364d66baf phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "code__bellows" = NULL WHERE "code__bellows" IS NULL;
