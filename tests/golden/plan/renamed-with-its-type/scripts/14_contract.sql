-- bellows: plan=753a71ee50556080 phase=contract script=14/15
-- ValidateConstraint
ALTER TABLE "Ware" VALIDATE CONSTRAINT "Ware_carried__bellows";
