-- AlterTable
ALTER TABLE "Medication" DROP COLUMN "updatedAt";
