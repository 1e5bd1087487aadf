-- bellows: plan=b4cd88245a967d68 phase=tighten script=6/7
-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "number" SET NOT NULL;

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_required__bellows";
