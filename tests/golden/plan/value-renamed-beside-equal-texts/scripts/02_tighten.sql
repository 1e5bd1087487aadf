-- bellows: plan=b82bf8f7b0dd06a9 phase=tighten script=2/4
-- RenameIndex
ALTER INDEX "t_changed" RENAME TO "t_changed_old__bellows";

-- RenameIndex
ALTER INDEX "t_changed_new__bellows" RENAME TO "t_changed";
