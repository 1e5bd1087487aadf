-- bellows: plan=7f89df7132d21f59 phase=contract script=13/15
-- AddCheck
ALTER TABLE "Ware" ADD CONSTRAINT "Ware_carried__bellows" CHECK ("cents" IS NOT NULL) NOT VALID;
