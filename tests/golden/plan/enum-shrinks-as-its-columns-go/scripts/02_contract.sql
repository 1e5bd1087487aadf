-- bellows: plan=3422e0226bcc02d7 phase=contract script=2/3
/*
  Warnings:

  - column `role` of the table `User` will be dropped; all values in it are lost

*/
-- AlterTable
ALTER TABLE "User" DROP COLUMN "role";
