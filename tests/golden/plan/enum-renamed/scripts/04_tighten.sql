-- bellows: plan=3c3874fcebd20bdc phase=tighten script=4/6
-- ValidateConstraint
ALTER TABLE "Account" VALIDATE CONSTRAINT "Account_required__bellows";
