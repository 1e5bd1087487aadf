-- bellows: plan=57d8fc441839822e phase=tighten script=6/15
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_amount_size_idx_new__bellows" ON "Item"("amount", "size__bellows");
