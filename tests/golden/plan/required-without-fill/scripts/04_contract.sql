-- bellows: plan=31c744692482debc phase=contract script=4/5
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
