-- bellows: plan=67d3515b54d371a3 phase=contract script=2/2
/*
  Warnings:

  - column `name` of the table `User` will be dropped; all values in it are lost
  - the table `Audit` will be dropped; all its rows are lost if it has any

*/
-- AlterTable
ALTER TABLE "User" DROP COLUMN "name";

-- DropTable
DROP TABLE "Audit";
