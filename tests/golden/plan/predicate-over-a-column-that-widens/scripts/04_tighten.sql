-- bellows: plan=7ea85352df042c58 phase=tighten script=4/10
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "item_open_new__bellows" ON "Item"("name") WHERE ("gone__bellows" IS NULL AND "qty__bellows" > 0);
