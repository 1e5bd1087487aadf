-- CreateIndex
CREATE UNIQUE INDEX "M_a_key" ON "M"("a");

-- CreateIndex
CREATE UNIQUE INDEX "M_b_c_key" ON "M"("b", "c");

-- CreateIndex
CREATE UNIQUE INDEX "uq_ca" ON "M"("c", "a" DESC);
