-- bellows: plan=d3c5dc2aa165e0d7 phase=contract script=6/6
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Medication_dose" ON "Medication";
DROP FUNCTION "zzzz_bellows_Medication_dose"();
