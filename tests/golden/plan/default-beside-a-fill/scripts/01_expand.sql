-- bellows: plan=eb25f38250f90636 phase=expand script=1/7
-- AlterTable
ALTER TABLE "Part" ADD COLUMN     "days" INTEGER DEFAULT 7,
ADD COLUMN     "origin" TEXT NOT NULL DEFAULT 'old',
ADD COLUMN     "token" UUID,
ADD COLUMN     "twice" INTEGER,
ADD COLUMN     "wide" BIGINT;

-- AlterTable
ALTER TABLE "Part" ALTER COLUMN "twice" SET DEFAULT (random() * 10)::int,
ALTER COLUMN "origin" SET DEFAULT 'new',
ALTER COLUMN "days" DROP DEFAULT,
ALTER COLUMN "token" SET DEFAULT gen_random_uuid();
