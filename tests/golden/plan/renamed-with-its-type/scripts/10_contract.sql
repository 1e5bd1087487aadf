-- bellows: plan=57d8fc441839822e phase=contract script=10/15
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_carried__bellows" CHECK ("amount" IS NOT NULL AND "number" IS NOT NULL AND "size__bellows" IS NOT NULL AND "place" IS NOT NULL) NOT VALID;
