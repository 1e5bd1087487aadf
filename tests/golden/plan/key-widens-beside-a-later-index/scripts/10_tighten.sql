-- bellows: plan=3faf5d6c00574208 phase=tighten script=10/15
-- ValidateConstraint
ALTER TABLE "Entry" VALIDATE CONSTRAINT "Entry_billId_fkey_new__bellows";
