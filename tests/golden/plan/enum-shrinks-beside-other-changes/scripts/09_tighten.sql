-- bellows: plan=18bd761d86a1ad01 phase=tighten script=9/13
-- ValidateConstraint
ALTER TABLE "Child" VALIDATE CONSTRAINT "Child_uid_req_fkey_new__bellows";
