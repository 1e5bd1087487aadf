-- bellows: plan=7a6f9e16fe1f2ad8 phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "Label" VALIDATE CONSTRAINT "Label_carried__bellows";
