-- bellows: plan=7d3901e8340cbec6 phase=backfill script=3/13
-- Backfill
-- bellows: backfill table="Child" key="id"
UPDATE "Child" SET "req__bellows" = NULL WHERE "req__bellows" IS NULL;
