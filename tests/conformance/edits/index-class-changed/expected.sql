-- DropIndex
DROP INDEX "M_a_idx";

-- DropIndex
DROP INDEX "M_b_idx";

-- DropIndex
DROP INDEX "M_c_idx";

-- CreateIndex
CREATE INDEX "M_a_idx" ON "M" USING GIN ("a" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "M_b_idx" ON "M" USING BRIN ("b" int4_bloom_ops);

-- CreateIndex
CREATE INDEX "M_c_idx" ON "M" USING BRIN ("c");
