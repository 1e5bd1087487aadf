-- bellows: plan=753a71ee50556080 phase=contract script=11/15
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
