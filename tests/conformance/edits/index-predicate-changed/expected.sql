-- DropIndex
DROP INDEX "M_a_idx";

-- DropIndex
DROP INDEX "M_gone_idx";

-- DropIndex
DROP INDEX "M_a_b_key";

-- CreateIndex
CREATE INDEX "M_a_idx" ON "M"("a") WHERE ("on" = true);

-- CreateIndex
CREATE INDEX "M_gone_idx" ON "M"("gone");

-- CreateIndex
CREATE UNIQUE INDEX "M_a_b_key" ON "M"("a", "b") WHERE (b > 20);

-- RenameIndex
ALTER INDEX "old_name" RENAME TO "new_name";
