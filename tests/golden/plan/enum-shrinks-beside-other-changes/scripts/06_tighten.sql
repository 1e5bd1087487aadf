-- bellows: plan=58e7cb8931e8fb48 phase=tighten script=6/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_neu_idx_new__bellows" ON "User"("neu__bellows");
