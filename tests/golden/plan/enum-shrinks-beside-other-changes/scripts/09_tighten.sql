-- bellows: plan=6563ab0cdb97d1ee phase=tighten script=9/13
-- ValidateConstraint
ALTER TABLE "Child" VALIDATE CONSTRAINT "Child_uid_req_fkey_new__bellows";
