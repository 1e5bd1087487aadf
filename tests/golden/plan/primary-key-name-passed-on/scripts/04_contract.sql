-- bellows: plan=ed14b47f83aceefb phase=contract script=4/5
/*
  Warnings:

  - `Ward`: an index is built while nobody can write

*/
-- AlterTable
ALTER TABLE "Ward" ADD CONSTRAINT "Ward_pkey" PRIMARY KEY ("number");
