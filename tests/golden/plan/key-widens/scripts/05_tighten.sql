-- bellows: plan=3c1a34e6fe990bc0 phase=tighten script=5/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Author_number_key_new__bellows" ON "Author"("number__bellows");
