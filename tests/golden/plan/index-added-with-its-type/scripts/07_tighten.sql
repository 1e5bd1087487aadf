-- bellows: plan=cc9233ce692145a6 phase=tighten script=7/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
