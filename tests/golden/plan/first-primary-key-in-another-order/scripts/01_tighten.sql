-- bellows: plan=12d5c84739551dfb phase=tighten script=1/3
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_pkey" ON "User"("team", "id");
