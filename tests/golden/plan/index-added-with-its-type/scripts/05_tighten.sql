-- bellows: plan=cc9233ce692145a6 phase=tighten script=5/10
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_switched__bellows";
