-- DropIndex
DROP INDEX CONCURRENTLY "Author_pkey_new__bellows";
