-- DropIndex
DROP INDEX CONCURRENTLY "by_seats_new__bellows";
