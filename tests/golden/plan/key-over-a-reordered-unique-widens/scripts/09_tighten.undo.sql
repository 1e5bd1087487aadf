-- AddCheck
ALTER TABLE "Slot" ADD CONSTRAINT "Slot_carried__bellows" CHECK ("hour__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Slot" ALTER COLUMN "hour__bellows" DROP NOT NULL;
