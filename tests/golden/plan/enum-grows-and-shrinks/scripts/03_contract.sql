-- bellows: plan=db8b7cced65cddcb phase=contract script=3/5
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK ("role__bellows" IS NOT NULL AND ("may" IS NULL OR "may__bellows" IS NOT NULL)) NOT VALID;
