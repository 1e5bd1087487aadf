-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_switched__bellows" CHECK ("count__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "User" ALTER COLUMN "count__bellows" DROP NOT NULL;
