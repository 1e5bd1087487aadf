-- bellows: plan=6563ab0cdb97d1ee phase=backfill script=3/13
-- Backfill
-- bellows: backfill table="Child" key="id"
UPDATE "Child" SET "req__bellows" = NULL WHERE "req__bellows" IS NULL;
