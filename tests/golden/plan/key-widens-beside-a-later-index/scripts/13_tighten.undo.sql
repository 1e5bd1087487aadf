-- AddCheck
ALTER TABLE "Bill" ADD CONSTRAINT "Bill_carried__bellows" CHECK ("rank__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Bill" ALTER COLUMN "rank__bellows" DROP NOT NULL;
