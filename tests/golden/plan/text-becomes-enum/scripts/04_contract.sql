-- bellows: plan=17e246f4f9eb06f5 phase=contract script=4/6
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK ("role__bellows" IS NOT NULL) NOT VALID;
