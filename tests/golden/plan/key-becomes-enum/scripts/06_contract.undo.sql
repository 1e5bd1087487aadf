-- AddCheck
ALTER TABLE "Label" ADD CONSTRAINT "Label_carried__bellows" CHECK ("kind__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Label" ALTER COLUMN "kind__bellows" DROP NOT NULL;
