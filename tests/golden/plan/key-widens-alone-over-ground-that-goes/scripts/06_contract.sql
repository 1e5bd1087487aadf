-- bellows: plan=68356626e3f0ef9b phase=contract script=6/9
/*
  Warnings:

  - `Hold.hour`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "Hold" ALTER COLUMN "hour" SET DATA TYPE INTEGER;
