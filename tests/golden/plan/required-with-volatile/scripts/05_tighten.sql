-- bellows: plan=481c4325292bc212 phase=tighten script=5/7
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
