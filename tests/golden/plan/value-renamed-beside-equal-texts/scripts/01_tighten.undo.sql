-- DropIndex
DROP INDEX CONCURRENTLY "t_changed_new__bellows";
