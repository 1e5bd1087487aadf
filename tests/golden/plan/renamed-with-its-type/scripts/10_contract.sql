-- bellows: plan=7f89df7132d21f59 phase=contract script=10/15
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_carried__bellows" CHECK ("amount" IS NOT NULL AND "number" IS NOT NULL AND "size__bellows" IS NOT NULL AND "place" IS NOT NULL) NOT VALID;
