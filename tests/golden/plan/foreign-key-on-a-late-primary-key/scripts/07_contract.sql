-- bellows: plan=fc3d0d6ffa110f0b phase=contract script=7/8
-- ValidateConstraint
ALTER TABLE "Ward" VALIDATE CONSTRAINT "Ward_required__bellows";
