-- bellows: plan=6798a724af230aec phase=tighten script=3/4
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_switched__bellows";
