-- bellows: plan=1228eabe2c7a6115 phase=contract script=4/6
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
