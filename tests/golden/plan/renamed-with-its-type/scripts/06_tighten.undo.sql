-- DropIndex
DROP INDEX CONCURRENTLY "Item_amount_size_idx_new__bellows";
