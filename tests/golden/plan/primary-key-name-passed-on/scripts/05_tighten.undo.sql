-- AddCheck
ALTER TABLE "Ward" ADD CONSTRAINT "Ward_required__bellows" CHECK ("number" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Ward" ALTER COLUMN "number" DROP NOT NULL;
