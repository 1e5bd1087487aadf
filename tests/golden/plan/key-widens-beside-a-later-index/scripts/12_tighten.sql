-- bellows: plan=fcadc097cc64a646 phase=tighten script=12/15
-- ValidateConstraint
ALTER TABLE "Bill" VALIDATE CONSTRAINT "Bill_carried__bellows";
