-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=6/15
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "qty__bellows_required__bellows" CHECK ("qty__bellows" IS NOT NULL) NOT VALID;
