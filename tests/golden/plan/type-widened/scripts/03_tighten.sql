-- bellows: plan=25de640c410d898d phase=tighten script=3/4
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_switched__bellows";
