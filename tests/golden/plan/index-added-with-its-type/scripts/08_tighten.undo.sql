-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_carried__bellows" CHECK ("size__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "size__bellows" DROP NOT NULL;
