-- bellows: plan=7d3901e8340cbec6 phase=tighten script=7/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_id_req_key_new__bellows" ON "User"("id", "req__bellows");
