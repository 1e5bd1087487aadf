-- bellows: plan=7ea85352df042c58 phase=contract script=9/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
