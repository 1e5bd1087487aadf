-- RenameIndex
ALTER INDEX "t_changed" RENAME TO "t_changed_new__bellows";

-- RenameIndex
ALTER INDEX "t_changed_old__bellows" RENAME TO "t_changed";
