-- bellows: plan=a8d3e1dfab30d616 phase=contract script=5/8
/*
  Warnings:

  - `Hold.hour`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "Hold" ALTER COLUMN "hour" SET DATA TYPE INTEGER;
