-- bellows: plan=55fa960613099ed3 phase=tighten script=6/7
-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "number" SET NOT NULL;

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_required__bellows";
