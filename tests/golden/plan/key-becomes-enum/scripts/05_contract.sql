-- bellows: plan=c549c559f382541a phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "Label" VALIDATE CONSTRAINT "Label_carried__bellows";
