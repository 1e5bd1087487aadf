-- AddCheck
ALTER TABLE "Team" ADD CONSTRAINT "Team_carried__bellows" CHECK ("id__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Team" ALTER COLUMN "id__bellows" DROP NOT NULL;
