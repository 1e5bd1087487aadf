-- bellows: plan=278bd1cfac2e0371 phase=contract script=3/5
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK ("role__bellows" IS NOT NULL) NOT VALID;
