-- bellows: plan=67bfa6a4795f7a05 phase=tighten script=6/11
-- ValidateConstraint
ALTER TABLE "audit"."Team" VALIDATE CONSTRAINT "Team_carried__bellows";
