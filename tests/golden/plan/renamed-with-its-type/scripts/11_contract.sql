-- bellows: plan=7f89df7132d21f59 phase=contract script=11/15
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
