-- bellows: plan=095cc3349d4998c6 phase=tighten script=10/15
-- ValidateConstraint
ALTER TABLE "Entry" VALIDATE CONSTRAINT "Entry_billId_fkey_new__bellows";
