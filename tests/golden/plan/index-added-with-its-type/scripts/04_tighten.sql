-- bellows: plan=d383243b7a8a007c phase=tighten script=4/10
-- CreateIndex
CREATE INDEX CONCURRENTLY "Item_qty_name_idx_new__bellows" ON "Item"("qty__bellows", "name");
