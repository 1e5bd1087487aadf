-- bellows: plan=0d4eb4356ad566ad phase=contract script=13/15
-- AddCheck
ALTER TABLE "Ware" ADD CONSTRAINT "Ware_carried__bellows" CHECK ("cents" IS NOT NULL) NOT VALID;
