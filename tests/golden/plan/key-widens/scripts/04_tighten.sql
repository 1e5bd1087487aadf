-- bellows: plan=2ff7c12cdb9416d6 phase=tighten script=4/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Author_pkey_new__bellows" ON "Author"("id__bellows");
