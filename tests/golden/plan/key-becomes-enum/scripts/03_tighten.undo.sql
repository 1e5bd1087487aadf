-- DropIndex
DROP INDEX CONCURRENTLY "Label_pkey_new__bellows";
