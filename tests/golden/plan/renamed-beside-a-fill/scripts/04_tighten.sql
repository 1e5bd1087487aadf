-- bellows: plan=fe4e7702d29f4154 phase=tighten script=4/8
-- ValidateConstraint
ALTER TABLE "Part" VALIDATE CONSTRAINT "Part_required__bellows";
