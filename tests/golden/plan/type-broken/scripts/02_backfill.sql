-- bellows: plan=ac9b2a51f0459f6b phase=backfill script=2/5
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "code__bellows" = NULL WHERE "code__bellows" IS NULL;
