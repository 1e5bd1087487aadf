-- bellows: plan=7f89df7132d21f59 phase=contract script=14/15
-- ValidateConstraint
ALTER TABLE "Ware" VALIDATE CONSTRAINT "Ware_carried__bellows";
