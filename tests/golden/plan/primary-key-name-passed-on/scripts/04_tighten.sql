-- bellows: plan=ed14b47f83aceefb phase=tighten script=4/8
-- ValidateConstraint
ALTER TABLE "Ward" VALIDATE CONSTRAINT "Ward_required__bellows";
