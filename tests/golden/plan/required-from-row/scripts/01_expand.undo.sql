-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Medication_label" ON "Medication";
DROP FUNCTION "zzzz_bellows_Medication_label"();

-- AlterTable
ALTER TABLE "Medication" DROP COLUMN "label";
