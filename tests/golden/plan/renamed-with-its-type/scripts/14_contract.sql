-- bellows: plan=57d8fc441839822e phase=contract script=14/15
-- ValidateConstraint
ALTER TABLE "Ware" VALIDATE CONSTRAINT "Ware_carried__bellows";
