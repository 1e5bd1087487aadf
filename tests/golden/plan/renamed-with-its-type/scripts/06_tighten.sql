-- bellows: plan=7f89df7132d21f59 phase=tighten script=6/15
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_amount_size_idx_new__bellows" ON "Item"("amount", "size__bellows");
