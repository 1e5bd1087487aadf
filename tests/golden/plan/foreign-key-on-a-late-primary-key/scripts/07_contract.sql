-- bellows: plan=d2488f4de299c6ce phase=contract script=7/8
-- ValidateConstraint
ALTER TABLE "Ward" VALIDATE CONSTRAINT "Ward_required__bellows";
