-- bellows: plan=18bd761d86a1ad01 phase=tighten script=5/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_neu_idx" ON "User"("neu");
