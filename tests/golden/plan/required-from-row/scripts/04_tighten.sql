-- bellows: plan=4d91a61d35662d3e phase=tighten script=4/6
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
