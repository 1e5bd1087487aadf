-- bellows: plan=a3ffbc8f4b87552a phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "Label" VALIDATE CONSTRAINT "Label_carried__bellows";
