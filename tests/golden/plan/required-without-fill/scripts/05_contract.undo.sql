-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("refillAt" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "refillAt" DROP NOT NULL;
