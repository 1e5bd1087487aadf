-- bellows: plan=095cc3349d4998c6 phase=tighten script=12/15
-- ValidateConstraint
ALTER TABLE "Bill" VALIDATE CONSTRAINT "Bill_carried__bellows";
