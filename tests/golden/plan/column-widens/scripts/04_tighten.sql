-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=4/5
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
