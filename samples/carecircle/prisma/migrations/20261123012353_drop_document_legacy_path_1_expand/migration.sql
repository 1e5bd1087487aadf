-- bellows: plan=d9d5c11a6cf2cbe0 phase=expand script=1/2
-- AlterTable
ALTER TABLE "Document" ALTER COLUMN "legacyPath" DROP NOT NULL;
