-- bellows: plan=31c744692482debc phase=expand script=1/5
-- AlterTable
ALTER TABLE "Medication" ADD COLUMN     "refillAt" INTEGER;
