-- bellows: plan=9c1cb33604538645 phase=contract script=6/6
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Medication_dose" ON "Medication";
DROP FUNCTION "zzzz_bellows_Medication_dose"();
