-- bellows: plan=31c744692482debc phase=contract script=2/2
-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "refillAt" DROP DEFAULT;
