-- bellows: plan=76adaf5c963c1111 phase=tighten script=4/6
-- ValidateConstraint
ALTER TABLE "Account" VALIDATE CONSTRAINT "Account_required__bellows";
