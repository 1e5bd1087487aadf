-- bellows: plan=c24e826568903efe phase=tighten script=4/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Author_pkey_new__bellows" ON "Author"("id__bellows");
