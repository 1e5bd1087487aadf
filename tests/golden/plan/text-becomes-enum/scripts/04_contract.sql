-- bellows: plan=b8746819411c08ed phase=contract script=4/6
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK ("role__bellows" IS NOT NULL) NOT VALID;
