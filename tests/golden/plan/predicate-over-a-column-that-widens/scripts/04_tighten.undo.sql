-- DropIndex
DROP INDEX CONCURRENTLY "item_open_new__bellows";
