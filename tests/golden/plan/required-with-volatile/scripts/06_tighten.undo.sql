-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("publicId" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "publicId" DROP NOT NULL;
