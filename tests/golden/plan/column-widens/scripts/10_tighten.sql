-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=10/15
-- RenameIndex
ALTER INDEX "Item_qty_t_idx_new__bellows" RENAME TO "Item_qty_t_idx";
