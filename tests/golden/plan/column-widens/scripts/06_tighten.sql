-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=6/7
-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "qty__bellows" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "at__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_switched__bellows";
