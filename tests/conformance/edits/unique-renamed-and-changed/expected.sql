-- DropIndex
DROP INDEX "M_b_c_key";

-- DropIndex
DROP INDEX "x";

-- CreateIndex
CREATE UNIQUE INDEX "M_c_b_key" ON "M"("c", "b");

-- CreateIndex
CREATE UNIQUE INDEX "x" ON "M"("a", "b" DESC);

-- RenameIndex
ALTER INDEX "M_a_key" RENAME TO "only_a";

-- RenameIndex
ALTER INDEX "only_b" RENAME TO "M_b_key";
