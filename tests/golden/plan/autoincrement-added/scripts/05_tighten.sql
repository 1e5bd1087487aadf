-- bellows: plan=b4cd88245a967d68 phase=tighten script=5/7
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_required__bellows";
