-- DropIndex
DROP INDEX CONCURRENTLY "item_parts_new__bellows";
