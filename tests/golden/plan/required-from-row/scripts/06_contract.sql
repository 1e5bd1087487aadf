-- bellows: plan=4d91a61d35662d3e phase=contract script=6/6
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Medication_label" ON "Medication";
DROP FUNCTION "zzzz_bellows_Medication_label"();
