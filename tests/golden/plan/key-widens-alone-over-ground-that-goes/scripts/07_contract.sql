-- bellows: plan=68356626e3f0ef9b phase=contract script=7/9
/*
  Warnings:

  - `Seat`: an index is built while nobody can write

*/
-- AlterTable
ALTER TABLE "Seat" DROP CONSTRAINT "Seat_pkey",
ADD CONSTRAINT "Seat_pkey" PRIMARY KEY ("place", "row");
