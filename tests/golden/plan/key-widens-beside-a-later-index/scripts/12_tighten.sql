-- bellows: plan=3a6515b7787d3830 phase=tighten script=12/15
-- ValidateConstraint
ALTER TABLE "Bill" VALIDATE CONSTRAINT "Bill_carried__bellows";
