-- bellows: plan=67d3515b54d371a3 phase=expand script=1/2
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "name" DROP NOT NULL;
