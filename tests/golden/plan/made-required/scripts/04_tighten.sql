-- bellows: plan=9c1cb33604538645 phase=tighten script=4/6
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
