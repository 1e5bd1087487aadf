-- bellows: plan=a8d71b5220333c9a phase=backfill script=4/12
-- Backfill
-- bellows: backfill table="Hold" key="id"
UPDATE "Hold" SET "hour__bellows" = "hour" WHERE "hour__bellows" IS NULL;
