-- bellows: plan=f51b8390a8ca3c50 phase=tighten script=3/5
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_qty_t_idx_new__bellows" ON "Item"("qty__bellows", "t");
