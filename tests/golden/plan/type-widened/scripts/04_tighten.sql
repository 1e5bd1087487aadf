-- bellows: plan=0052d57e274eed52 phase=tighten script=4/6
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_switched__bellows";
