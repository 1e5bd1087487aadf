-- bellows: plan=0667b867c6782854 phase=contract script=13/15
-- AddCheck
ALTER TABLE "Ware" ADD CONSTRAINT "Ware_carried__bellows" CHECK ("cents" IS NOT NULL) NOT VALID;
