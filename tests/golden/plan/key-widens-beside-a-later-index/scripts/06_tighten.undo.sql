-- AddCheck
ALTER TABLE "Bill" ADD CONSTRAINT "Bill_switched__bellows" CHECK ("id__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Bill" ALTER COLUMN "id__bellows" DROP NOT NULL;
