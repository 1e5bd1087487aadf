-- bellows: plan=ec76b3bdf91dd295 phase=tighten script=9/18
-- ValidateConstraint
ALTER TABLE "Author" VALIDATE CONSTRAINT "Author_switched__bellows";
