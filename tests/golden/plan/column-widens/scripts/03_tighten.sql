-- bellows: plan=44ee897e1ad9abeb phase=tighten script=3/5
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_qty_t_idx_new__bellows" ON "Item"("qty__bellows", "t");
