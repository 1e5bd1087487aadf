-- bellows: plan=6563ab0cdb97d1ee phase=tighten script=5/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_neu_idx" ON "User"("neu");
