-- bellows: plan=d9edbe37f29492fa phase=tighten script=4/5
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
