-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_required__bellows" CHECK ("number" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "number" DROP NOT NULL;
