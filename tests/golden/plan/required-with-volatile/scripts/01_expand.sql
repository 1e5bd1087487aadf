-- bellows: plan=481c4325292bc212 phase=expand script=1/7
-- AlterTable
ALTER TABLE "Medication" ADD COLUMN     "publicId" UUID;

-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "publicId" SET DEFAULT pg_catalog.gen_random_uuid();
