-- bellows: plan=18bd761d86a1ad01 phase=tighten script=6/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_neu_idx_new__bellows" ON "User"("neu__bellows");
