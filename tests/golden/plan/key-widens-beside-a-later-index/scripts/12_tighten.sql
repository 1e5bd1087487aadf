-- bellows: plan=3faf5d6c00574208 phase=tighten script=12/15
-- ValidateConstraint
ALTER TABLE "Bill" VALIDATE CONSTRAINT "Bill_carried__bellows";
