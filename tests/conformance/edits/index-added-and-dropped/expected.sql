-- DropIndex
DROP INDEX "M_a_idx";

-- DropIndex
DROP INDEX "old";

-- CreateIndex
CREATE INDEX "M_b_idx" ON "M"("b");

-- CreateIndex
CREATE INDEX "M_a_b_idx" ON "M"("a", "b" DESC);

-- CreateIndex
CREATE INDEX "M_c_idx" ON "M" USING GIN ("c" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "hashed" ON "M" USING HASH ("b");
