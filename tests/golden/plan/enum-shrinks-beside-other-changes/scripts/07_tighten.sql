-- bellows: plan=58e7cb8931e8fb48 phase=tighten script=7/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_id_req_key_new__bellows" ON "User"("id", "req__bellows");
