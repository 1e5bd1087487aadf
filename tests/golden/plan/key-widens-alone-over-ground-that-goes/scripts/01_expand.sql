-- bellows: plan=68356626e3f0ef9b phase=expand script=1/9
-- AlterTable
ALTER TABLE "Hold" ALTER COLUMN "hour" DROP NOT NULL;
