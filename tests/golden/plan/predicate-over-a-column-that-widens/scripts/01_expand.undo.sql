-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_switched__bellows";

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_part" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_part"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_gone" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_gone"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_qty" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_qty"();

-- AlterTable
ALTER TABLE "Item" DROP COLUMN "qty__bellows",
DROP COLUMN "part__bellows",
DROP COLUMN "gone__bellows";
