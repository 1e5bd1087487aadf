-- bellows: plan=cce3233c63a2ac6d phase=tighten script=2/2
-- ValidateConstraint
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey";
