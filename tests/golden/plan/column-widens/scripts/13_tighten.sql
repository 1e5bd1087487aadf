-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=13/15
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "at__bellows_required__bellows";
