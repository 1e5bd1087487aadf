-- bellows: plan=20d51e164cd772bc phase=tighten script=4/5
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
