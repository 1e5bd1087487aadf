-- bellows: plan=5d9dba553828b0b2 phase=contract script=4/5
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
