-- bellows: plan=948b6c3e919e7564 phase=tighten script=6/15
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_amount_size_idx_new__bellows" ON "Item"("amount", "size__bellows");
