-- bellows: plan=57d8fc441839822e phase=tighten script=5/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Item_number_key_new__bellows" ON "Item"("number");
