-- bellows: plan=6db609f19c334f68 phase=tighten script=2/5
/*
  Warnings:

  - [m] of the table `B` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "A_m_key" ON "B"("m");
