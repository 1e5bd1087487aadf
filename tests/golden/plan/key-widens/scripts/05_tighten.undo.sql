-- DropIndex
DROP INDEX CONCURRENTLY "Author_number_key_new__bellows";
