-- bellows: plan=5680b1b78d22cc2a phase=tighten script=6/11
-- ValidateConstraint
ALTER TABLE "audit"."Team" VALIDATE CONSTRAINT "Team_carried__bellows";
