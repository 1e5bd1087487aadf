-- bellows: plan=52c7f17e61a4b5c2 phase=tighten script=5/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_neu_idx" ON "User"("neu");
