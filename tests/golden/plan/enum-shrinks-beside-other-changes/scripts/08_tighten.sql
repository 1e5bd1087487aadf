-- bellows: plan=e8b2173e570c8d1b phase=tighten script=8/13
-- AddForeignKey
ALTER TABLE "Child" ADD CONSTRAINT "Child_uid_req_fkey_new__bellows" FOREIGN KEY ("uid", "req__bellows") REFERENCES "User"("id", "req__bellows") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
