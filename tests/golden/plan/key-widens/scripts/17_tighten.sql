-- bellows: plan=ec76b3bdf91dd295 phase=tighten script=17/18
-- ValidateConstraint
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey_new__bellows";
