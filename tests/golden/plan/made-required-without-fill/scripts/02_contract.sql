-- bellows: plan=d3c5dc2aa165e0d7 phase=contract script=2/4
-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("dose" IS NOT NULL) NOT VALID;
