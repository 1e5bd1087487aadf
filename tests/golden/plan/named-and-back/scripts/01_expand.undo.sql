-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_rank" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_rank"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Item_cents" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_cents"();

-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "level" SET NOT NULL,
ALTER COLUMN "price" SET NOT NULL,
DROP COLUMN "rank",
DROP COLUMN "cents";
