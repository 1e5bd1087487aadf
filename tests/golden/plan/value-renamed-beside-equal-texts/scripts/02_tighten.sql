-- bellows: plan=2aa026d0503ea7d0 phase=tighten script=2/4
-- RenameIndex
ALTER INDEX "t_changed" RENAME TO "t_changed_old__bellows";

-- RenameIndex
ALTER INDEX "t_changed_new__bellows" RENAME TO "t_changed";
