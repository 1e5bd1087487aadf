-- bellows: plan=92c792dffda447c1 phase=contract script=7/7
-- RenameIndex
ALTER INDEX "audit"."Team_size_idx_new__bellows" RENAME TO "Team_size_idx";
