-- bellows: plan=dc35578cfa0ac89a phase=tighten script=4/6
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
