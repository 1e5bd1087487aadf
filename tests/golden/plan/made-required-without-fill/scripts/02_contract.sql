-- bellows: plan=6056f890aec32a0c phase=contract script=2/4
-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("dose" IS NOT NULL) NOT VALID;
