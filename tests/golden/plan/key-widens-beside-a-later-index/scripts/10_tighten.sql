-- bellows: plan=fcadc097cc64a646 phase=tighten script=10/15
-- ValidateConstraint
ALTER TABLE "Entry" VALIDATE CONSTRAINT "Entry_billId_fkey_new__bellows";
