-- bellows: plan=6563ab0cdb97d1ee phase=tighten script=7/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_id_req_key_new__bellows" ON "User"("id", "req__bellows");
