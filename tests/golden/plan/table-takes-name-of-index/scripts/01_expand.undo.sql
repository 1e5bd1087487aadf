-- RenameIndex
ALTER INDEX "V" RENAME TO "U";
