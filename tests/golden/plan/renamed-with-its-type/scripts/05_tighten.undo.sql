-- DropIndex
DROP INDEX CONCURRENTLY "Item_number_key_new__bellows";
