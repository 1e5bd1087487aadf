-- bellows: plan=7d3901e8340cbec6 phase=tighten script=9/13
-- ValidateConstraint
ALTER TABLE "Child" VALIDATE CONSTRAINT "Child_uid_req_fkey_new__bellows";
