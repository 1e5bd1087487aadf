-- bellows: plan=192d251026f1830c phase=tighten script=12/15
-- ValidateConstraint
ALTER TABLE "Bill" VALIDATE CONSTRAINT "Bill_carried__bellows";
