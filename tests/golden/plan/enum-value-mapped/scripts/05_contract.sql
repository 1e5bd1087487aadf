-- bellows: plan=7e5f0b6ae3294b08 phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
