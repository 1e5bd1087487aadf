-- bellows: plan=18bd761d86a1ad01 phase=backfill script=3/13
-- Backfill
-- bellows: backfill table="Child" key="id"
UPDATE "Child" SET "req__bellows" = NULL WHERE "req__bellows" IS NULL;
