-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("dose" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "dose" DROP NOT NULL;
