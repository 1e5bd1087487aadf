-- bellows: plan=db84a0c9b34eb76a phase=tighten script=2/3
-- RenameIndex
ALTER INDEX "by_mail" RENAME TO "by_mail_old__bellows";

-- RenameIndex
ALTER INDEX "by_mail_new__bellows" RENAME TO "by_mail";
