-- bellows: plan=a771afa81cb334c8 phase=contract script=7/7
-- RenameIndex
ALTER INDEX "audit"."Team_size_idx_new__bellows" RENAME TO "Team_size_idx";
