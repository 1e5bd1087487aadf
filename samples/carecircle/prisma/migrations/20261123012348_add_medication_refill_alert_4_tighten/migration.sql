-- bellows: plan=31c744692482debc phase=tighten script=4/6
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
