-- bellows: plan=de959576ef8d499b phase=tighten script=2/5
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "A_m_key" ON "B"("m");
