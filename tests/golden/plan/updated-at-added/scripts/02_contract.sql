-- bellows: plan=98be870060f910f9 phase=contract script=2/2
-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "updatedAt" DROP DEFAULT;
