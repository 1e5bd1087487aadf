-- bellows: plan=192d251026f1830c phase=tighten script=10/15
-- ValidateConstraint
ALTER TABLE "Entry" VALIDATE CONSTRAINT "Entry_billId_fkey_new__bellows";
