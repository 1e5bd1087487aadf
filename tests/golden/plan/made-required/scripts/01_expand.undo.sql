-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Medication_dose" ON "Medication";
DROP FUNCTION "zzzz_bellows_Medication_dose"();
