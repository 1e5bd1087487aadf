-- bellows: plan=0d4eb4356ad566ad phase=contract script=11/15
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
