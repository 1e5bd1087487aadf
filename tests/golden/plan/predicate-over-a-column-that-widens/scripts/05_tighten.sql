-- bellows: plan=e04b43520d08ab92 phase=tighten script=5/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
