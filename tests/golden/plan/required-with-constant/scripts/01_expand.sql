-- bellows: plan=31c744692482debc phase=expand script=1/2
-- AlterTable
ALTER TABLE "Medication" ADD COLUMN     "refillAt" INTEGER NOT NULL DEFAULT 10;
