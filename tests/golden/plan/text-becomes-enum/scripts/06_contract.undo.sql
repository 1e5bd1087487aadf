-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_carried__bellows" CHECK ("role__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "User" ALTER COLUMN "role__bellows" DROP NOT NULL;
