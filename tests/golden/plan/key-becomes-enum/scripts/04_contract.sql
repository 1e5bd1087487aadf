-- bellows: plan=a809841f8c0319cd phase=contract script=4/6
-- AddCheck
ALTER TABLE "Label" ADD CONSTRAINT "Label_carried__bellows" CHECK ("kind__bellows" IS NOT NULL) NOT VALID;
