-- bellows: plan=d3c5dc2aa165e0d7 phase=tighten script=3/6
-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("dose" IS NOT NULL) NOT VALID;
