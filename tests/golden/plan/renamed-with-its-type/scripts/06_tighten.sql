-- bellows: plan=753a71ee50556080 phase=tighten script=6/15
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_amount_size_idx_new__bellows" ON "Item"("amount", "size__bellows");
