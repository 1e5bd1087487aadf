-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_switched__bellows";

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_at" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_at"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_n" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_n"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_qty" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_qty"();

-- AlterTable
ALTER TABLE "Item" DROP COLUMN "qty__bellows",
DROP COLUMN "n__bellows",
DROP COLUMN "at__bellows";
