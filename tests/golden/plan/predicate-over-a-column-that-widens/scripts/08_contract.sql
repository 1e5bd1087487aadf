-- bellows: plan=7ea85352df042c58 phase=contract script=8/10
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_carried__bellows" CHECK ("part__bellows" IS NOT NULL) NOT VALID;
