-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=7/15
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "qty__bellows_required__bellows";
