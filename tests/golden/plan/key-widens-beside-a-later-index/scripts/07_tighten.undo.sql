-- AddCheck
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_switched__bellows" CHECK ("billId__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Entry" ALTER COLUMN "billId__bellows" DROP NOT NULL;
