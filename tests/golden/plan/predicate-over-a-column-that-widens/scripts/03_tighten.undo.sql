-- DropIndex
DROP INDEX CONCURRENTLY "item_many_new__bellows";
