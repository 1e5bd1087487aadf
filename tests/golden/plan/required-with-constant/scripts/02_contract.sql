-- bellows: plan=440f051b69044322 phase=contract script=2/2
-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "refillAt" DROP DEFAULT;
