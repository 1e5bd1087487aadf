-- bellows: plan=3a6515b7787d3830 phase=tighten script=10/15
-- ValidateConstraint
ALTER TABLE "Entry" VALIDATE CONSTRAINT "Entry_billId_fkey_new__bellows";
