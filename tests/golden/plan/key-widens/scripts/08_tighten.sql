-- bellows: plan=ec76b3bdf91dd295 phase=tighten script=8/18
-- AddCheck
ALTER TABLE "Author" ADD CONSTRAINT "Author_switched__bellows" CHECK ("id__bellows" IS NOT NULL AND "number__bellows" IS NOT NULL) NOT VALID;
