-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "refillAt" SET DEFAULT 10;
