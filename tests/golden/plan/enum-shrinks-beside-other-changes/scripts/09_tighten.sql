-- bellows: plan=58e7cb8931e8fb48 phase=tighten script=9/13
-- ValidateConstraint
ALTER TABLE "Child" VALIDATE CONSTRAINT "Child_uid_req_fkey_new__bellows";
