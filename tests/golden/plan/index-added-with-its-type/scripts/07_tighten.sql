-- bellows: plan=3ff920fc7610066d phase=tighten script=7/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
