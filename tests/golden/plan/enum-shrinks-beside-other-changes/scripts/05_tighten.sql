-- bellows: plan=58e7cb8931e8fb48 phase=tighten script=5/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_neu_idx" ON "User"("neu");
