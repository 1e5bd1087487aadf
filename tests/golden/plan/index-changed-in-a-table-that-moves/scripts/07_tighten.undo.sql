-- AddCheck
ALTER TABLE "audit"."Team" ADD CONSTRAINT "Team_carried__bellows" CHECK ("since__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "audit"."Team" ALTER COLUMN "since__bellows" DROP NOT NULL;
