-- bellows: plan=d8930089c67cc4b8 phase=tighten script=4/5
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
