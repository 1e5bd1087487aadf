-- bellows: plan=7ea85352df042c58 phase=tighten script=7/10
-- CreateIndex
CREATE INDEX CONCURRENTLY "item_parts_new__bellows" ON "Item"("part__bellows") WHERE ("part__bellows" > 7);
