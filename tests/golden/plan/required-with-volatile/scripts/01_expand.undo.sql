-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "publicId" DROP DEFAULT;

-- AlterTable
ALTER TABLE "Medication" DROP COLUMN "publicId";
