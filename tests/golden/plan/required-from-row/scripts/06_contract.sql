-- bellows: plan=dc35578cfa0ac89a phase=contract script=6/6
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Medication_label" ON "Medication";
DROP FUNCTION "zzzz_bellows_Medication_label"();
