-- bellows: plan=481c4325292bc212 phase=contract script=7/7
-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "publicId" DROP DEFAULT;
