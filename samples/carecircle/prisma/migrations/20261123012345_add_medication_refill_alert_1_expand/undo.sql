-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Medication_refillAt" ON "Medication";
DROP FUNCTION "zzzz_bellows_Medication_refillAt"();

-- AlterTable
ALTER TABLE "Medication" DROP COLUMN "refillAt";
