-- bellows: plan=481c4325292bc212 phase=tighten script=4/7
-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("publicId" IS NOT NULL) NOT VALID;
