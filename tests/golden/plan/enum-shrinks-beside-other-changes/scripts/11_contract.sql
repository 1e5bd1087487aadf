-- bellows: plan=e8b2173e570c8d1b phase=contract script=11/13
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";

-- ValidateConstraint
ALTER TABLE "Child" VALIDATE CONSTRAINT "Child_carried__bellows";

-- ValidateConstraint
ALTER TABLE "Fresh" VALIDATE CONSTRAINT "Fresh_carried__bellows";
