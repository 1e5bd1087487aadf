-- bellows: plan=db84a0c9b34eb76a phase=contract script=3/3
-- DropIndex
DROP INDEX CONCURRENTLY "by_mail_old__bellows";
