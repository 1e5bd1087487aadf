-- bellows: plan=8df29729d57a5e48 phase=contract script=4/6
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK ("role__bellows" IS NOT NULL) NOT VALID;
