-- bellows: plan=5d9dba553828b0b2 phase=contract script=1/1
/*
  Warnings:

  - column `code` of the table `User` will be dropped and created anew, because its values cannot be cast; they are lost
  - `User.code`: the table is rewritten while nobody can read or write it
  - `User.code`: a column changes to a type that one of the two programs does not understand

*/
-- AlterTable
ALTER TABLE "User" DROP COLUMN "code",
ADD COLUMN     "code" INTEGER;
