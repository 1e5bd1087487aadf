-- AddCheck
ALTER TABLE "Part" ADD CONSTRAINT "Part_required__bellows" CHECK ("twice" IS NOT NULL AND "token" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Part" ALTER COLUMN "token" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Part" ALTER COLUMN "twice" DROP NOT NULL;
