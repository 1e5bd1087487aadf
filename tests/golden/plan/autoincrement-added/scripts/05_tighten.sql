-- bellows: plan=55fa960613099ed3 phase=tighten script=5/7
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_required__bellows";
