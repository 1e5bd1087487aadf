-- bellows: plan=040214e72ae42e83 phase=contract script=5/5
/*
  Warnings:

  - column `oldField` of the table `Medication` will be dropped; all values in it are lost

*/
-- AlterTable
ALTER TABLE "Medication" DROP COLUMN "oldField",
ALTER COLUMN "refillAt" DROP DEFAULT;
