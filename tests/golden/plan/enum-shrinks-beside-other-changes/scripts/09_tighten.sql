-- bellows: plan=52c7f17e61a4b5c2 phase=tighten script=9/13
-- ValidateConstraint
ALTER TABLE "Child" VALIDATE CONSTRAINT "Child_uid_req_fkey_new__bellows";
