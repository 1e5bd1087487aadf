-- bellows: plan=ed14b47f83aceefb phase=expand script=1/4
/*
  Warnings:

  - `Ward.number`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "Ward" ADD COLUMN     "number" SERIAL NOT NULL;

-- CreateTable
CREATE TABLE "Nurse" (
    "id" INTEGER NOT NULL,
    "wardNumber" INTEGER,

    CONSTRAINT "Nurse_pkey" PRIMARY KEY ("id")
);
