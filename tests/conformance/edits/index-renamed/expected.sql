-- RenameIndex
ALTER INDEX "M_a_idx" RENAME TO "m_by_a";

-- RenameIndex
ALTER INDEX "m_by_b" RENAME TO "M_b_idx";

-- RenameIndex
ALTER INDEX "one" RENAME TO "two";

-- RenameIndex
ALTER INDEX "M_a_b_idx" RENAME TO "both";
