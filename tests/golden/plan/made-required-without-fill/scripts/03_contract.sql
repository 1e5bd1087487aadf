-- bellows: plan=d3c5dc2aa165e0d7 phase=contract script=3/4
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
