-- bellows: plan=90b68d1d50e7f8fa phase=contract script=4/5
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
