-- bellows: plan=0d4eb4356ad566ad phase=contract script=14/15
-- ValidateConstraint
ALTER TABLE "Ware" VALIDATE CONSTRAINT "Ware_carried__bellows";
