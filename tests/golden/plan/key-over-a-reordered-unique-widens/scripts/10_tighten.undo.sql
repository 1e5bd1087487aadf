-- AddCheck
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_carried__bellows" CHECK ("hour__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Booking" ALTER COLUMN "hour__bellows" DROP NOT NULL;
