-- bellows: plan=588de952f33d4fe8 phase=tighten script=5/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Author_number_key_new__bellows" ON "Author"("number__bellows");
