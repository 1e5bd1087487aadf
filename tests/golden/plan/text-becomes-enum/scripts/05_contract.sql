-- bellows: plan=b8746819411c08ed phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
