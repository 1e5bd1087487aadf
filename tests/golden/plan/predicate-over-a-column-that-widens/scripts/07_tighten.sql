-- bellows: plan=e04b43520d08ab92 phase=tighten script=7/10
-- CreateIndex
CREATE INDEX CONCURRENTLY "item_parts_new__bellows" ON "Item"("part__bellows") WHERE ("part__bellows" > 7);
