-- bellows: plan=8e4f7e0e3fe6abc9 phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "Label" VALIDATE CONSTRAINT "Label_carried__bellows";
