-- bellows: plan=b4cd88245a967d68 phase=tighten script=4/7
-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_required__bellows" CHECK ("number" IS NOT NULL) NOT VALID;
