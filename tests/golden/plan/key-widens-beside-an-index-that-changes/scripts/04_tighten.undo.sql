-- DropIndex
DROP INDEX CONCURRENTLY "Team_pkey_new__bellows";
