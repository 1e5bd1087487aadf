-- bellows: plan=5680b1b78d22cc2a phase=contract script=11/11
-- RenameIndex
ALTER INDEX "audit"."Team_size_idx_new__bellows" RENAME TO "Team_size_idx";
