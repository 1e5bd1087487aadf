-- bellows: plan=753a71ee50556080 phase=contract script=13/15
-- AddCheck
ALTER TABLE "Ware" ADD CONSTRAINT "Ware_carried__bellows" CHECK ("cents" IS NOT NULL) NOT VALID;
