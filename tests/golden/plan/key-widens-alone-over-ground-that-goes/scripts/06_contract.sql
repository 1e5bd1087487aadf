-- bellows: plan=a8d3e1dfab30d616 phase=contract script=6/8
/*
  Warnings:

  - `Seat`: an index is built while nobody can write

*/
-- AlterTable
ALTER TABLE "Seat" DROP CONSTRAINT "Seat_pkey",
ADD CONSTRAINT "Seat_pkey" PRIMARY KEY ("place", "row");
