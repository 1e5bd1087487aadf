-- bellows: plan=2a30b2761c0cef6b phase=contract script=7/10
/*
  Warnings:

  - `A`: a foreign key is dropped and made anew: from this script on, until that of the new one has run, nothing refuses rows that refer to nothing (foreign key `A_b_fkey`)

*/
-- DropForeignKey
ALTER TABLE "A" DROP CONSTRAINT "A_b_fkey";
