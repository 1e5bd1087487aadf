-- bellows: plan=cd1ef962f34c03d9 phase=tighten script=2/2
-- ValidateConstraint
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey";
