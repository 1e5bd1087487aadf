-- DropIndex
DROP INDEX "M_a_idx";

-- DropIndex
DROP INDEX "M_b_a_idx";

-- CreateIndex
CREATE INDEX "M_a_idx" ON "M"("a" DESC);

-- CreateIndex
CREATE INDEX "M_b_a_idx" ON "M"("b", "a" DESC);
