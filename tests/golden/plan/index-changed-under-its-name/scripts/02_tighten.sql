-- bellows: plan=5c8dac3408663e95 phase=tighten script=2/3
-- RenameIndex
ALTER INDEX "by_mail" RENAME TO "by_mail_old__bellows";

-- RenameIndex
ALTER INDEX "by_mail_new__bellows" RENAME TO "by_mail";
