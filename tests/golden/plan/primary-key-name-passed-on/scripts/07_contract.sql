-- bellows: plan=2229f109bcea8d87 phase=contract script=7/8
/*
  Warnings:

  - `Ward`: an index is built while nobody can write

*/
-- AlterTable
ALTER TABLE "Ward" ADD CONSTRAINT "Ward_pkey" PRIMARY KEY ("number");
