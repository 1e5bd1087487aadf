-- bellows: plan=ff755fa41ee5e210 phase=tighten script=2/4
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_display_name_idx" ON "User"("name");
