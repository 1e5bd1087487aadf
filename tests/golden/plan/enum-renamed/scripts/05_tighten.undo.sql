-- AddCheck
ALTER TABLE "Account" ADD CONSTRAINT "Account_required__bellows" CHECK ("plan" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Account" ALTER COLUMN "plan" DROP NOT NULL;
