-- bellows: plan=753a71ee50556080 phase=tighten script=5/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Item_number_key_new__bellows" ON "Item"("number");
