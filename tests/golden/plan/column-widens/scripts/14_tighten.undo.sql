-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "at__bellows_required__bellows" CHECK ("at__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "at__bellows" DROP NOT NULL;
