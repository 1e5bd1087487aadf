-- bellows: plan=7b48e98ece68edd5 phase=contract script=5/5
/*
  Warnings:

  - column `oldField` of the table `Medication` will be dropped; all values in it are lost

*/
-- AlterTable
ALTER TABLE "Medication" DROP COLUMN "oldField",
ALTER COLUMN "refillAt" DROP DEFAULT;
