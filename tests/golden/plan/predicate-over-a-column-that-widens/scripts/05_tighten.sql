-- bellows: plan=7ea85352df042c58 phase=tighten script=5/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
