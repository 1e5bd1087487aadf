-- bellows: plan=481c4325292bc212 phase=tighten script=3/7
/*
  Warnings:

  - [publicId] of the table `Medication` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Medication_publicId_key" ON "Medication"("publicId");
