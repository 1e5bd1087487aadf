-- AddCheck
ALTER TABLE "Player" ADD CONSTRAINT "Player_carried__bellows" CHECK ("teamId__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Player" ALTER COLUMN "teamId__bellows" DROP NOT NULL;
