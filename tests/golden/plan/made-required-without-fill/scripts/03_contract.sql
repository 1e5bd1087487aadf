-- bellows: plan=6056f890aec32a0c phase=contract script=3/4
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
