-- bellows: plan=7d3901e8340cbec6 phase=tighten script=5/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_neu_idx" ON "User"("neu");
