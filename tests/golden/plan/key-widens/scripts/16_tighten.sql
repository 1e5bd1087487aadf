-- bellows: plan=ec76b3bdf91dd295 phase=tighten script=16/18
-- ValidateConstraint
ALTER TABLE "Author" VALIDATE CONSTRAINT "Author_hostId_fkey_new__bellows";
