-- DropIndex
DROP INDEX CONCURRENTLY "by_mail_new__bellows";
