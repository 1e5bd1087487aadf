-- bellows: plan=401f368831da8fa2 phase=contract script=4/5
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
