-- AddCheck
ALTER TABLE "Hold" ADD CONSTRAINT "Hold_carried__bellows" CHECK ("hour__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Hold" ALTER COLUMN "hour__bellows" DROP NOT NULL;
