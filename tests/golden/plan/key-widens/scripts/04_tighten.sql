-- bellows: plan=3407e1aee8729ed0 phase=tighten script=4/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Author_pkey_new__bellows" ON "Author"("id__bellows");
