-- bellows: plan=8f0490322dab5eda phase=expand script=1/11
/*
  Warnings:

  - `A.b`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "A" ADD COLUMN     "z" INTEGER NOT NULL DEFAULT 1,
ALTER COLUMN "b" SET DATA TYPE BIGINT;
