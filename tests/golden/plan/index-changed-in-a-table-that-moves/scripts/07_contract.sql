-- bellows: plan=fc2d8b8a4447be7f phase=contract script=7/7
-- RenameIndex
ALTER INDEX "audit"."Team_size_idx_new__bellows" RENAME TO "Team_size_idx";
