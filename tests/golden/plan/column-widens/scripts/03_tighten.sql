-- bellows: plan=3e3efd34d9da63b7 phase=tighten script=3/5
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_qty_t_idx_new__bellows" ON "Item"("qty__bellows", "t");
