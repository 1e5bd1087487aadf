-- bellows: plan=0d4eb4356ad566ad phase=tighten script=5/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Item_number_key_new__bellows" ON "Item"("number");
