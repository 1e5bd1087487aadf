-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=4/7
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_switched__bellows" CHECK ("qty__bellows" IS NOT NULL AND "at__bellows" IS NOT NULL) NOT VALID;
