-- bellows: plan=4c4084ded66b2a9b phase=contract script=10/15
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_carried__bellows" CHECK ("amount" IS NOT NULL AND "number" IS NOT NULL AND "size__bellows" IS NOT NULL AND "place" IS NOT NULL) NOT VALID;
