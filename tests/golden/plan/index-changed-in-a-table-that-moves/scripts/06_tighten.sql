-- bellows: plan=cd677429e5d66f47 phase=tighten script=6/11
-- ValidateConstraint
ALTER TABLE "audit"."Team" VALIDATE CONSTRAINT "Team_carried__bellows";
