-- bellows: plan=d9d5c11a6cf2cbe0 phase=contract script=2/2
/*
  Warnings:

  - column `legacyPath` of the table `Document` will be dropped; all values in it are lost

*/
-- AlterTable
ALTER TABLE "Document" DROP COLUMN "legacyPath";
