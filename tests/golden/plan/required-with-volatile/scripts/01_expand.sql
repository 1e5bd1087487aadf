-- bellows: plan=2261cc3547de8c83 phase=expand script=1/7
-- AlterTable
ALTER TABLE "Medication" ADD COLUMN     "publicId" UUID;

-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "publicId" SET DEFAULT pg_catalog.gen_random_uuid();
