-- bellows: plan=bf433071a6d10f44 phase=tighten script=5/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Author_number_key_new__bellows" ON "Author"("number__bellows");
