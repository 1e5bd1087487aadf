-- bellows: plan=cf19b3103b3eae9a phase=tighten script=2/3
-- ValidateConstraint
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey_new__bellows";
