-- bellows: plan=1228eabe2c7a6115 phase=contract script=3/6
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_carried__bellows" CHECK ("cents" IS NOT NULL AND "rank" IS NOT NULL) NOT VALID;
