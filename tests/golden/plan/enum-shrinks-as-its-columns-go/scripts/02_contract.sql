-- bellows: plan=0b29eb487dfc838e phase=contract script=2/3
/*
  Warnings:

  - column `role` of the table `User` will be dropped; all values in it are lost

*/
-- AlterTable
ALTER TABLE "User" DROP COLUMN "role";
