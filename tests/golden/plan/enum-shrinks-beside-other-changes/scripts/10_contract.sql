-- bellows: plan=e8b2173e570c8d1b phase=contract script=10/13
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK ("role__bellows" IS NOT NULL AND "opt__bellows" IS NOT NULL AND "req__bellows" IS NOT NULL AND ("neu" IS NULL OR "neu__bellows" IS NOT NULL) AND ("list" IS NULL OR "list__bellows" IS NOT NULL)) NOT VALID;

-- AddCheck
ALTER TABLE "Child" ADD CONSTRAINT "Child_carried__bellows" CHECK ("req__bellows" IS NOT NULL) NOT VALID;

-- AddCheck
ALTER TABLE "Fresh" ADD CONSTRAINT "Fresh_carried__bellows" CHECK ("r__bellows" IS NOT NULL) NOT VALID;
