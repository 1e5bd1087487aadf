-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Ware_cents" ON "Ware";
DROP FUNCTION "zzzz_bellows_Ware_cents"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_place" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_place"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_size" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_size"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_notes" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_notes"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_number" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_number"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_amount" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_amount"();

-- AlterTable
ALTER TABLE "Ware" ALTER COLUMN "price" SET NOT NULL,
DROP COLUMN "cents";
ALTER TABLE "Ware" RENAME CONSTRAINT "Ware_pkey" TO "Thing_pkey";

-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "qty" SET NOT NULL,
DROP COLUMN "size__bellows",
DROP COLUMN "place",
DROP COLUMN "number",
DROP COLUMN "notes",
DROP COLUMN "amount";
