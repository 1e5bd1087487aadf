-- bellows: plan=d383243b7a8a007c phase=tighten script=8/10
-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "size__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_carried__bellows";
