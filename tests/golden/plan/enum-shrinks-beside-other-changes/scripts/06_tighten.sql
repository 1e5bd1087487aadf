-- bellows: plan=7d3901e8340cbec6 phase=tighten script=6/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_neu_idx_new__bellows" ON "User"("neu__bellows");
