-- bellows: plan=2261cc3547de8c83 phase=tighten script=5/7
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
