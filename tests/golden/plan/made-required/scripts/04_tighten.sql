-- bellows: plan=d3c5dc2aa165e0d7 phase=tighten script=4/6
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
