-- bellows: plan=2a30b2761c0cef6b phase=tighten script=4/10
-- ValidateConstraint
ALTER TABLE "A" VALIDATE CONSTRAINT "A_required__bellows";
