-- bellows: plan=093943821a2f57a7 phase=contract script=8/10
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_carried__bellows" CHECK ("part__bellows" IS NOT NULL) NOT VALID;
