-- bellows: plan=d3b3dad81a8ebe7e phase=tighten script=5/9
-- ValidateConstraint
ALTER TABLE "Part" VALIDATE CONSTRAINT "Part_required__bellows";
