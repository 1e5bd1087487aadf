-- bellows: plan=bf433071a6d10f44 phase=tighten script=10/13
-- ValidateConstraint
ALTER TABLE "Author" VALIDATE CONSTRAINT "Author_hostId_fkey_new__bellows";

-- ValidateConstraint
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey_new__bellows";

-- ValidateConstraint
ALTER TABLE "Author" VALIDATE CONSTRAINT "Author_switched__bellows";

-- ValidateConstraint
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_switched__bellows";
