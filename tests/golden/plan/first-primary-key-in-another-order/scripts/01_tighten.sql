-- bellows: plan=e3e1b0abce05d64a phase=tighten script=1/3
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_pkey" ON "User"("team", "id");
