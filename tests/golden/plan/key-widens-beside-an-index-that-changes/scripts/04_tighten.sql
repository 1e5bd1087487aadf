-- bellows: plan=f07202ac65bac8b4 phase=tighten script=4/11
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Team_pkey_new__bellows" ON "Team"("id__bellows");
