-- bellows: plan=a4102f336e8646cd phase=tighten script=3/4
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_switched__bellows";
