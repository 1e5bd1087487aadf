-- bellows: plan=068a9677cac2ee4f phase=tighten script=5/15
-- ValidateConstraint
ALTER TABLE "Bill" VALIDATE CONSTRAINT "Bill_switched__bellows";

-- ValidateConstraint
ALTER TABLE "Entry" VALIDATE CONSTRAINT "Entry_switched__bellows";
