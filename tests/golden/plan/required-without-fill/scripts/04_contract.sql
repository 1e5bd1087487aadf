-- bellows: plan=c2fc473bda64ce70 phase=contract script=4/5
-- ValidateConstraint
ALTER TABLE "Medication" VALIDATE CONSTRAINT "Medication_required__bellows";
