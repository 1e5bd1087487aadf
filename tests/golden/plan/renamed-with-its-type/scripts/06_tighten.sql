-- bellows: plan=0d4eb4356ad566ad phase=tighten script=6/15
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_amount_size_idx_new__bellows" ON "Item"("amount", "size__bellows");
