-- bellows: plan=a8d71b5220333c9a phase=backfill script=2/12
-- Backfill
-- bellows: backfill table="Slot" key="id"
UPDATE "Slot" SET "hour__bellows" = "hour" WHERE "hour__bellows" IS NULL;
