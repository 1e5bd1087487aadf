-- bellows: plan=2261cc3547de8c83 phase=contract script=7/7
-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "publicId" DROP DEFAULT;
