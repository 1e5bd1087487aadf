-- bellows: plan=e8b2173e570c8d1b phase=tighten script=7/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_id_req_key_new__bellows" ON "User"("id", "req__bellows");
