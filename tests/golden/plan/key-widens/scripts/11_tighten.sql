-- bellows: plan=ec76b3bdf91dd295 phase=tighten script=11/18
-- AddCheck
ALTER TABLE "Post" ADD CONSTRAINT "Post_switched__bellows" CHECK ("authorId__bellows" IS NOT NULL) NOT VALID;
