-- RenameIndex
ALTER INDEX "by_mail" RENAME TO "by_mail_new__bellows";

-- RenameIndex
ALTER INDEX "by_mail_old__bellows" RENAME TO "by_mail";
