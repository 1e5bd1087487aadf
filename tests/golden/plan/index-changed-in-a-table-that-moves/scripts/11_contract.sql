-- bellows: plan=cd677429e5d66f47 phase=contract script=11/11
-- RenameIndex
ALTER INDEX "audit"."Team_size_idx_new__bellows" RENAME TO "Team_size_idx";
