-- RenameIndex
ALTER INDEX "audit"."Team_size_idx" RENAME TO "Team_size_idx_new__bellows";
