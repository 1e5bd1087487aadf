-- bellows: plan=c2fc473bda64ce70 phase=contract script=3/5
-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("refillAt" IS NOT NULL) NOT VALID;
