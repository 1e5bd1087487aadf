-- bellows: plan=52c7f17e61a4b5c2 phase=tighten script=7/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_id_req_key_new__bellows" ON "User"("id", "req__bellows");
