-- bellows: plan=57d8fc441839822e phase=contract script=13/15
-- AddCheck
ALTER TABLE "Ware" ADD CONSTRAINT "Ware_carried__bellows" CHECK ("cents" IS NOT NULL) NOT VALID;
