-- DropIndex
DROP INDEX "M_a_idx";

-- DropIndex
DROP INDEX "M_b_idx";

-- DropIndex
DROP INDEX "M_c_idx";

-- DropIndex
DROP INDEX "M_d_idx";

-- CreateIndex
CREATE INDEX "M_a_idx" ON "M" USING HASH ("a");

-- CreateIndex
CREATE INDEX "M_b_idx" ON "M"("b");

-- CreateIndex
CREATE INDEX "M_c_idx" ON "M" USING GIN ("c");

-- CreateIndex
CREATE INDEX "M_d_idx" ON "M" USING SPGIST ("d");
