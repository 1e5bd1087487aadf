-- bellows: plan=cbeffac2e5283781 phase=tighten script=5/15
-- ValidateConstraint
ALTER TABLE "Bill" VALIDATE CONSTRAINT "Bill_switched__bellows";

-- ValidateConstraint
ALTER TABLE "Entry" VALIDATE CONSTRAINT "Entry_switched__bellows";
