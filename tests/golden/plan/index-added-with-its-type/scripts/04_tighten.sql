-- bellows: plan=8c99c720b8cf6990 phase=tighten script=4/10
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_qty_name_idx_new__bellows" ON "Item"("qty__bellows", "name");
