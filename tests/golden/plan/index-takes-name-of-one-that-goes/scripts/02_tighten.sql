-- bellows: plan=bcd9131eea818ce5 phase=tighten script=2/3
/*
  Warnings:

  - [number] of the table `Trip` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "by_code_new__bellows" ON "Trip"("number");
