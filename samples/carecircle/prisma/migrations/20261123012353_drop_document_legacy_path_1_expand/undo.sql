-- AlterTable
ALTER TABLE "Document" ALTER COLUMN "legacyPath" SET NOT NULL;
