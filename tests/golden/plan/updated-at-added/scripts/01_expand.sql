-- bellows: plan=3c3777cd085fa082 phase=expand script=1/2
-- AlterTable
ALTER TABLE "Medication" ADD COLUMN     "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
