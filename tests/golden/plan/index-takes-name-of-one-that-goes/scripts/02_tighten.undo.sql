-- DropIndex
DROP INDEX CONCURRENTLY "by_code_new__bellows";
