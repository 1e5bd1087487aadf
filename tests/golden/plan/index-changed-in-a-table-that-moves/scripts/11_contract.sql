-- bellows: plan=67bfa6a4795f7a05 phase=contract script=11/11
-- RenameIndex
ALTER INDEX "audit"."Team_size_idx_new__bellows" RENAME TO "Team_size_idx";
