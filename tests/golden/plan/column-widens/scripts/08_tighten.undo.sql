-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "qty__bellows_required__bellows" CHECK ("qty__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "qty__bellows" DROP NOT NULL;
