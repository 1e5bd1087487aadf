-- bellows: plan=31c744692482debc phase=contract script=3/5
-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("refillAt" IS NOT NULL) NOT VALID;
