-- bellows: plan=7f89df7132d21f59 phase=tighten script=5/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Item_number_key_new__bellows" ON "Item"("number");
