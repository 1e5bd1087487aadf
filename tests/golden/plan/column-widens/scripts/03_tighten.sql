-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=3/5
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_qty_t_idx_new__bellows" ON "Item"("qty__bellows", "t");
