-- bellows: plan=b8bfd693e1f56432 phase=contract script=3/3
-- ValidateConstraint
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey";
