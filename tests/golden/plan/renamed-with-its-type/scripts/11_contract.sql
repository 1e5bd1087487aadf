-- bellows: plan=0667b867c6782854 phase=contract script=11/15
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
