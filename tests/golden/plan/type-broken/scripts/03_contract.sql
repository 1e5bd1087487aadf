-- bellows: plan=6bec0dc0b8ce2d6a phase=contract script=3/5
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK (("code" IS NULL OR "code__bellows" IS NOT NULL)) NOT VALID;
