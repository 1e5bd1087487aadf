-- bellows: plan=a8ec68be8caa31e4 phase=tighten script=5/9
-- ValidateConstraint
ALTER TABLE "Part" VALIDATE CONSTRAINT "Part_required__bellows";
