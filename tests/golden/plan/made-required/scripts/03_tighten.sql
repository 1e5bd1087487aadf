-- bellows: plan=9c1cb33604538645 phase=tighten script=3/6
-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("dose" IS NOT NULL) NOT VALID;
