-- bellows: plan=963c3d2fcaa85ee7 phase=tighten script=3/4
-- ValidateConstraint
ALTER TABLE "User" VALIDATE CONSTRAINT "User_switched__bellows";
