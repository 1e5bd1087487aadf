-- bellows: plan=0473edc31afee11d phase=contract script=4/6
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK ("role__bellows" IS NOT NULL) NOT VALID;
