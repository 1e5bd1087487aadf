-- bellows: plan=52c7f17e61a4b5c2 phase=tighten script=6/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_neu_idx_new__bellows" ON "User"("neu__bellows");
