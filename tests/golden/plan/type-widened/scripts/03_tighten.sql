-- bellows: plan=0052d57e274eed52 phase=tighten script=3/4
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_switched__bellows";
