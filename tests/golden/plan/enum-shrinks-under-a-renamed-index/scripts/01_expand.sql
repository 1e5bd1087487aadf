-- bellows: plan=a4f0c9ea010951dd phase=expand script=1/4
-- RenameIndex
ALTER INDEX "one_user" RENAME TO "one_of_users";
