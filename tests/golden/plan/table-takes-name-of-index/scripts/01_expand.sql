-- bellows: plan=43d024a1f62b616a phase=expand script=1/4
-- RenameIndex
ALTER INDEX "U" RENAME TO "V";
