-- bellows: plan=81b48e1ca39b8329 phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "Label" VALIDATE CONSTRAINT "Label_carried__bellows";
