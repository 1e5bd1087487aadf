-- AlterTable
ALTER TABLE "Medication" DROP COLUMN "refillAt";
