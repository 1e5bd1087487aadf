-- bellows: plan=a3ffbc8f4b87552a phase=contract script=4/6
-- AddCheck
ALTER TABLE "Label" ADD CONSTRAINT "Label_carried__bellows" CHECK ("kind__bellows" IS NOT NULL) NOT VALID;
