-- bellows: plan=eb25f38250f90636 phase=tighten script=6/7
-- ValidateConstraint
ALTER TABLE "Part" VALIDATE CONSTRAINT "Part_required__bellows";
