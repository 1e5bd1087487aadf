-- bellows: plan=866a43be9f18bf6f phase=tighten script=5/9
-- ValidateConstraint
ALTER TABLE "Part" VALIDATE CONSTRAINT "Part_required__bellows";
