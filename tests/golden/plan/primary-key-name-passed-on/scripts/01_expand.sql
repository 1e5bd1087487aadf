-- bellows: plan=ed14b47f83aceefb phase=expand script=1/5
/*
  Warnings:

  - `Ward.number`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "Ward" ADD COLUMN     "number" SERIAL NOT NULL;
