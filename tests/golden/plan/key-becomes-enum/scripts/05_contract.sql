-- bellows: plan=eb03d542176a1f7e phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "Label" VALIDATE CONSTRAINT "Label_carried__bellows";
