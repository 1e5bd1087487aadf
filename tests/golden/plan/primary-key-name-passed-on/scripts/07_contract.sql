-- bellows: plan=ed14b47f83aceefb phase=contract script=7/8
/*
  Warnings:

  - `Ward`: an index is built while nobody can write

*/
-- AlterTable
ALTER TABLE "Ward" ADD CONSTRAINT "Ward_pkey" PRIMARY KEY ("number");
