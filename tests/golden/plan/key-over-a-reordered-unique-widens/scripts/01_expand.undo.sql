-- DropCheck
ALTER TABLE "Hold" DROP CONSTRAINT "Hold_carried__bellows";

-- DropCheck
ALTER TABLE "Booking" DROP CONSTRAINT "Booking_carried__bellows";

-- DropCheck
ALTER TABLE "Slot" DROP CONSTRAINT "Slot_carried__bellows";

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Hold_hour" ON "Hold";
DROP FUNCTION "zzzz_bellows_Hold_hour"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Booking_hour" ON "Booking";
DROP FUNCTION "zzzz_bellows_Booking_hour"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Slot_hour" ON "Slot";
DROP FUNCTION "zzzz_bellows_Slot_hour"();

-- AlterTable
ALTER TABLE "Hold" DROP COLUMN "hour__bellows";

-- AlterTable
ALTER TABLE "Booking" DROP COLUMN "hour__bellows";

-- AlterTable
ALTER TABLE "Slot" DROP COLUMN "hour__bellows";
