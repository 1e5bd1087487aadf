-- bellows: plan=2031ee36e43e8cba phase=contract script=4/5
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
