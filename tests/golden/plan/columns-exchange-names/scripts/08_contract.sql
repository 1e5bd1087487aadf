-- bellows: plan=2a30b2761c0cef6b phase=contract script=8/10
/*
  Warnings:

  - `A.b`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "A" ALTER COLUMN "a" SET DATA TYPE BIGINT,
ALTER COLUMN "z" DROP DEFAULT;
