-- bellows: plan=8f0490322dab5eda phase=contract script=9/11
-- AlterTable
ALTER TABLE "A" ALTER COLUMN "z" DROP DEFAULT;
