-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "publicId" SET DEFAULT pg_catalog.gen_random_uuid();
