-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Ward_pkey" ON "Ward"("beds");
