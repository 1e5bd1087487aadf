-- bellows: plan=08fd5e0352ba5acb phase=tighten script=5/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Author_number_key_new__bellows" ON "Author"("number__bellows");
