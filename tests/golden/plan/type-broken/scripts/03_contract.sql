-- bellows: plan=6439533364d66baf phase=contract script=3/5
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK (("code" IS NULL OR "code__bellows" IS NOT NULL)) NOT VALID;
