-- bellows: plan=f703b2ff898e2aa1 phase=tighten script=5/15
-- ValidateConstraint
ALTER TABLE "Bill" VALIDATE CONSTRAINT "Bill_switched__bellows";

-- ValidateConstraint
ALTER TABLE "Entry" VALIDATE CONSTRAINT "Entry_switched__bellows";
