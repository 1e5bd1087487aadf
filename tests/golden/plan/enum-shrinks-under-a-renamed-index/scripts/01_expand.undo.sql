-- RenameIndex
ALTER INDEX "one_of_users" RENAME TO "one_user";
