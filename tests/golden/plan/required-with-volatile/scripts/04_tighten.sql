-- bellows: plan=2261cc3547de8c83 phase=tighten script=4/7
-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("publicId" IS NOT NULL) NOT VALID;
