-- bellows: plan=05c93e4b2c704636 phase=tighten script=1/3
/*
  Warnings:

  - the primary key of the table `User` changes; if the new one has duplicates or nulls, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_pkey" ON "User"("id");
