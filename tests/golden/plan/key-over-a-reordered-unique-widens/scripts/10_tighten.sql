-- bellows: plan=a8d71b5220333c9a phase=tighten script=10/12
-- SetNotNull
ALTER TABLE "Booking" ALTER COLUMN "hour__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Booking" DROP CONSTRAINT "Booking_carried__bellows";
