-- bellows: plan=8e4f7e0e3fe6abc9 phase=contract script=4/6
-- AddCheck
ALTER TABLE "Label" ADD CONSTRAINT "Label_carried__bellows" CHECK ("kind__bellows" IS NOT NULL) NOT VALID;
