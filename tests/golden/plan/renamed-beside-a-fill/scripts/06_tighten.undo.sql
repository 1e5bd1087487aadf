-- AddCheck
ALTER TABLE "Part" ADD CONSTRAINT "Part_required__bellows" CHECK ("twice" IS NOT NULL AND "loud" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Part" ALTER COLUMN "loud" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Part" ALTER COLUMN "twice" DROP NOT NULL;
