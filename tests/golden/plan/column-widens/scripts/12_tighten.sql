-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=12/15
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "at__bellows_required__bellows" CHECK ("at__bellows" IS NOT NULL) NOT VALID;
