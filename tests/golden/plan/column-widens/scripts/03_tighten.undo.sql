-- DropIndex
DROP INDEX CONCURRENTLY "Item_qty_t_idx_new__bellows";
