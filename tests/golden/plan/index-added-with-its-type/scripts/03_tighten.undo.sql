-- DropIndex
DROP INDEX CONCURRENTLY "Item_qty_key_new__bellows";
