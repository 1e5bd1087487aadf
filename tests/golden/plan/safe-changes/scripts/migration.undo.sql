-- DropForeignKey
ALTER TABLE "Log" DROP CONSTRAINT "Log_medicationId_fkey";

-- DropIndex
DROP INDEX "Log_medicationId_idx";

-- DropTable
DROP TABLE "Log";

-- AlterTable
ALTER TABLE "Medication" DROP COLUMN "note",
DROP COLUMN "active";
