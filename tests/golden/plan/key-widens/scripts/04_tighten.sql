-- bellows: plan=08fd5e0352ba5acb phase=tighten script=4/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Author_pkey_new__bellows" ON "Author"("id__bellows");
