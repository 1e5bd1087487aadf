-- bellows: plan=c2fc473bda64ce70 phase=expand script=1/5
-- AlterTable
ALTER TABLE "Medication" ADD COLUMN     "refillAt" INTEGER;
