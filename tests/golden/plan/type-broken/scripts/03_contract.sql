-- bellows: plan=2031ee36e43e8cba phase=contract script=3/5
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK (("code" IS NULL OR "code__bellows" IS NOT NULL)) NOT VALID;
