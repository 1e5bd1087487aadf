-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_carried__bellows";

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_switched__bellows";

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_size" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_size"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_qty" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_qty"();

-- AlterTable
ALTER TABLE "Item" DROP COLUMN "size__bellows",
DROP COLUMN "qty__bellows";
