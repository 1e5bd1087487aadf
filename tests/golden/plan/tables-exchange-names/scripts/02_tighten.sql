-- bellows: plan=6db609f19c334f68 phase=tighten script=2/5
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "A_m_key" ON "B"("m");
