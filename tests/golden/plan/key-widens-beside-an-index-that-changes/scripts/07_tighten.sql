-- bellows: plan=f07202ac65bac8b4 phase=tighten script=7/11
-- ValidateConstraint
ALTER TABLE "Player" VALIDATE CONSTRAINT "Player_teamId_fkey_new__bellows";

-- ValidateConstraint
ALTER TABLE "Team" VALIDATE CONSTRAINT "Team_carried__bellows";

-- ValidateConstraint
ALTER TABLE "Player" VALIDATE CONSTRAINT "Player_carried__bellows";
