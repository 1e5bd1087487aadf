-- bellows: plan=17e246f4f9eb06f5 phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
