-- DropIndex
DROP INDEX CONCURRENTLY "Bill_pkey_new__bellows";
