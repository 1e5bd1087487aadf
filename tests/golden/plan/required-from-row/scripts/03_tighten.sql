-- bellows: plan=dc35578cfa0ac89a phase=tighten script=3/6
-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("label" IS NOT NULL) NOT VALID;
