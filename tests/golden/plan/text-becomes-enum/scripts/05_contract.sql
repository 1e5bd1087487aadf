-- bellows: plan=8df29729d57a5e48 phase=contract script=5/6
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_carried__bellows";
