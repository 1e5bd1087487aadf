-- bellows: plan=2151fc5fa5d35ba7 phase=tighten script=7/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
