-- bellows: plan=1d72709fe686308e phase=tighten script=2/4
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_display_name_idx" ON "User"("name");
