-- bellows: plan=8f0490322dab5eda phase=tighten script=4/10
-- ValidateConstraint
ALTER TABLE "A" VALIDATE CONSTRAINT "A_required__bellows";
