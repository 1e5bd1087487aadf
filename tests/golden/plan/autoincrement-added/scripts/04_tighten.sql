-- bellows: plan=55fa960613099ed3 phase=tighten script=4/7
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_required__bellows" CHECK ("number" IS NOT NULL) NOT VALID;
