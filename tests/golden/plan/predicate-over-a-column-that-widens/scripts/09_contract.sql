-- bellows: plan=e04b43520d08ab92 phase=contract script=9/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
