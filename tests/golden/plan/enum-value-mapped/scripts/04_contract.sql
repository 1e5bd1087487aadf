-- bellows: plan=7e5f0b6ae3294b08 phase=contract script=4/6
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK ("role__bellows" IS NOT NULL AND ("past" IS NULL OR "past__bellows" IS NOT NULL)) NOT VALID;
