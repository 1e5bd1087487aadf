-- bellows: plan=2229f109bcea8d87 phase=tighten script=4/8
-- ValidateConstraint
ALTER TABLE "Ward" VALIDATE CONSTRAINT "Ward_required__bellows";
