-- bellows: plan=b4e636e8000acf24 phase=tighten script=7/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
