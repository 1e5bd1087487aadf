-- bellows: plan=b4e636e8000acf24 phase=tighten script=5/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
