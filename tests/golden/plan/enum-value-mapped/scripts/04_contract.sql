-- bellows: plan=f43c4bdcac106558 phase=contract script=4/6
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK ("role__bellows" IS NOT NULL AND ("past" IS NULL OR "past__bellows" IS NOT NULL)) NOT VALID;
