-- bellows: plan=0845f7914e7bc78a phase=tighten script=6/7
-- ValidateConstraint
ALTER TABLE "Part" VALIDATE CONSTRAINT "Part_required__bellows";
