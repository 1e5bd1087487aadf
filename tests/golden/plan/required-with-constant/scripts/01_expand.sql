-- bellows: plan=440f051b69044322 phase=expand script=1/2
-- AlterTable
ALTER TABLE "Medication" ADD COLUMN     "refillAt" INTEGER NOT NULL DEFAULT 10;
