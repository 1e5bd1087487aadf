-- bellows: plan=a8d71b5220333c9a phase=backfill script=3/12
-- Backfill
-- bellows: backfill table="Booking" key="id"
UPDATE "Booking" SET "hour__bellows" = "hour" WHERE "hour__bellows" IS NULL;
