-- bellows: plan=d383243b7a8a007c phase=tighten script=7/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
