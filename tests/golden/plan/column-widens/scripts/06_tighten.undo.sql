-- AddCheck
ALTER TABLE "Item" ADD CONSTRAINT "Item_switched__bellows" CHECK ("qty__bellows" IS NOT NULL AND "at__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "at__bellows" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "qty__bellows" DROP NOT NULL;
