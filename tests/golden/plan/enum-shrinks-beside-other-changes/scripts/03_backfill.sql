-- bellows: plan=52c7f17e61a4b5c2 phase=backfill script=3/13
-- Backfill
-- bellows: backfill table="Child" key="id"
UPDATE "Child" SET "req__bellows" = NULL WHERE "req__bellows" IS NULL;
