-- bellows: plan=d1498914f8594bcc phase=tighten script=1/3
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_pkey" ON "User"("code", "team");
