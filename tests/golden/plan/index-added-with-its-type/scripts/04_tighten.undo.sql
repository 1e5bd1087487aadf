-- DropIndex
DROP INDEX CONCURRENTLY "Item_qty_name_idx_new__bellows";
