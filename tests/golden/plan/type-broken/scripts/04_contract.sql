-- bellows: plan=6bec0dc0b8ce2d6a phase=contract script=4/5
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
