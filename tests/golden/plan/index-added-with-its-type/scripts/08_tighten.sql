-- bellows: plan=8c99c720b8cf6990 phase=tighten script=8/10
-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "size__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_carried__bellows";
