-- bellows: plan=0667b867c6782854 phase=contract script=14/15
-- ValidateConstraint
ALTER TABLE "Ware" VALIDATE CONSTRAINT "Ware_carried__bellows";
