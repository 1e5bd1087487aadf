-- bellows: plan=811be3eb9558461f phase=contract script=3/3
-- ValidateConstraint
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey";
