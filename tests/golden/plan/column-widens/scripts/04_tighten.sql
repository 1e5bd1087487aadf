-- bellows: plan=f51b8390a8ca3c50 phase=tighten script=4/5
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
