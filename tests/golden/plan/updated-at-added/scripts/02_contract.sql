-- bellows: plan=3c3777cd085fa082 phase=contract script=2/2
-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "updatedAt" DROP DEFAULT;
