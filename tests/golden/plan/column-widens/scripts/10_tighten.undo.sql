-- RenameIndex
ALTER INDEX "Item_qty_t_idx" RENAME TO "Item_qty_t_idx_new__bellows";
