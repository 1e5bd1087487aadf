-- bellows: plan=2a30b2761c0cef6b phase=contract script=9/10
/*
  Warnings:

  - the primary key of the table `P` changes; if the new one has duplicates or nulls, this fails
  - `P.id`: the table is rewritten while nobody can read or write it
  - `P`: an index is built while nobody can write

*/
-- AlterTable
ALTER TABLE "P" DROP CONSTRAINT "P_pkey",
ALTER COLUMN "id" SET DATA TYPE BIGINT,
ADD CONSTRAINT "P_pkey" PRIMARY KEY ("id");
