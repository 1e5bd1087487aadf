-- bellows: plan=33fb794b7e73261e phase=contract script=2/2
/*
  Warnings:

  - column `name` of the table `User` will be dropped; all values in it are lost
  - the table `Audit` will be dropped; all its rows are lost if it has any

*/
-- AlterTable
ALTER TABLE "User" DROP COLUMN "name";

-- DropTable
DROP TABLE "Audit";
