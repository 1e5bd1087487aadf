-- bellows: plan=7ea85352df042c58 phase=tighten script=3/10
-- CreateIndex
CREATE INDEX CONCURRENTLY "item_many_new__bellows" ON "Item"("name") WHERE ("qty__bellows" > size AND "qty__bellows" <> 13);
