-- bellows: plan=5c8dac3408663e95 phase=contract script=3/3
-- DropIndex
DROP INDEX CONCURRENTLY "by_mail_old__bellows";
