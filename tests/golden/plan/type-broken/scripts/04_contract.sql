-- bellows: plan=0afc67dcc237e3cf phase=contract script=4/5
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
