-- bellows: plan=31c744692482debc phase=contract script=6/6
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Medication_refillAt" ON "Medication";
DROP FUNCTION "zzzz_bellows_Medication_refillAt"();
