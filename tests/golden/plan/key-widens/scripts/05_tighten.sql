-- bellows: plan=2ff7c12cdb9416d6 phase=tighten script=5/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Author_number_key_new__bellows" ON "Author"("number__bellows");
