-- bellows: plan=e04b43520d08ab92 phase=contract script=8/10
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_carried__bellows" CHECK ("part__bellows" IS NOT NULL) NOT VALID;
