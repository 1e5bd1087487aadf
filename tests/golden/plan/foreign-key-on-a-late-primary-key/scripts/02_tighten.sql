-- bellows: plan=fc3d0d6ffa110f0b phase=tighten script=2/8
/*
  Warnings:

  - the primary key of the table `Ward` changes; if the new one has duplicates or nulls, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Ward_pkey" ON "Ward"("code");
