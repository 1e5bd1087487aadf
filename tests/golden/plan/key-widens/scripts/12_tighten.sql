-- bellows: plan=ec76b3bdf91dd295 phase=tighten script=12/18
-- ValidateConstraint
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_switched__bellows";
