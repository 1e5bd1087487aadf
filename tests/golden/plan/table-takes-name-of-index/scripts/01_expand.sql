-- bellows: plan=7448e0c22874e301 phase=expand script=1/4
-- RenameIndex
ALTER INDEX "U" RENAME TO "V";
