-- bellows: plan=6563ab0cdb97d1ee phase=tighten script=6/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_neu_idx_new__bellows" ON "User"("neu__bellows");
