-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "publicId" SET DEFAULT gen_random_uuid();
