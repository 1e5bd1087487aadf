-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("label" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "label" DROP NOT NULL;
