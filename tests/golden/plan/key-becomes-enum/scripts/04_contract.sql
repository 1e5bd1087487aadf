-- bellows: plan=5d44de2f95074db3 phase=contract script=4/6
-- AddCheck
ALTER TABLE "Label" ADD CONSTRAINT "Label_carried__bellows" CHECK ("kind__bellows" IS NOT NULL) NOT VALID;
