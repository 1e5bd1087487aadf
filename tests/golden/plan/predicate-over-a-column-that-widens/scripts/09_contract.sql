-- bellows: plan=093943821a2f57a7 phase=contract script=9/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
