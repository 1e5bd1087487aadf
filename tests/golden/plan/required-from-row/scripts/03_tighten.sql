-- bellows: plan=4d91a61d35662d3e phase=tighten script=3/6
-- AddCheck
ALTER TABLE "Medication" ADD CONSTRAINT "Medication_required__bellows" CHECK ("label" IS NOT NULL) NOT VALID;
