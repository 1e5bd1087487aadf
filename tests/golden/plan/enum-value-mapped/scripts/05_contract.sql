-- bellows: plan=9781dd2c5bed828a phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
