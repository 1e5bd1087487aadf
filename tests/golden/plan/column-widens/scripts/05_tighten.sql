-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=5/7
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
