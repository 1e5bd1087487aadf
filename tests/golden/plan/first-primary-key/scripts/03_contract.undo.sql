-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_id_key" ON "User"("id");
