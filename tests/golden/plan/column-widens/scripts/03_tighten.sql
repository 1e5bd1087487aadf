-- bellows: plan=20d51e164cd772bc phase=tighten script=3/5
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_qty_t_idx_new__bellows" ON "Item"("qty__bellows", "t");
