-- RenameIndex
ALTER INDEX "one" RENAME TO "two";

-- RenameIndex
ALTER INDEX "two" RENAME TO "one";
