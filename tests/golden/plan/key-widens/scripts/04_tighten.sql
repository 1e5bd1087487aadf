-- bellows: plan=3c1a34e6fe990bc0 phase=tighten script=4/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Author_pkey_new__bellows" ON "Author"("id__bellows");
