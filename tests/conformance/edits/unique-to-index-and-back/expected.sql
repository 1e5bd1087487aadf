-- DropIndex
DROP INDEX "M_a_key";

-- DropIndex
DROP INDEX "M_b_idx";

-- CreateIndex
CREATE INDEX "M_a_idx" ON "M"("a");

-- CreateIndex
CREATE UNIQUE INDEX "M_b_key" ON "M"("b");
