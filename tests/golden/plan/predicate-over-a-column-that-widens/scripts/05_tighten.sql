-- bellows: plan=093943821a2f57a7 phase=tighten script=5/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
