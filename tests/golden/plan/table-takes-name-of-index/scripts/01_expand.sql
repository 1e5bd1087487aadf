-- bellows: plan=a5f0522387a5d02e phase=expand script=1/4
-- RenameIndex
ALTER INDEX "U" RENAME TO "V";
