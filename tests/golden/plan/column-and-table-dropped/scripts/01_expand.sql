-- bellows: plan=33fb794b7e73261e phase=expand script=1/2
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "name" DROP NOT NULL;
