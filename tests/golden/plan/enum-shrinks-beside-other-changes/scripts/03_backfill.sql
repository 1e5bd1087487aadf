-- bellows: plan=58e7cb8931e8fb48 phase=backfill script=3/13
-- Backfill
-- bellows: backfill table="Child" key="id"
UPDATE "Child" SET "req__bellows" = NULL WHERE "req__bellows" IS NULL;
