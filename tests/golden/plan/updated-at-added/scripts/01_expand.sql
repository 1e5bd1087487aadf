-- bellows: plan=98be870060f910f9 phase=expand script=1/2
-- AlterTable
ALTER TABLE "Medication" ADD COLUMN     "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
