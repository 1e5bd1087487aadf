-- bellows: plan=0bd1dffc3b89b9d0 phase=tighten script=2/3
-- ValidateConstraint
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey_new__bellows";
