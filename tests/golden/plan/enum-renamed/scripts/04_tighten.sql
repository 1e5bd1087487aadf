-- bellows: plan=54ead1d525fbdb66 phase=tighten script=4/6
-- ValidateConstraint
ALTER TABLE "Account" VALIDATE CONSTRAINT "Account_required__bellows";
