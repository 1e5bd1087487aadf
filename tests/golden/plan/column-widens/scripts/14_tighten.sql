-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=14/15
-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "at__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "at__bellows_required__bellows";
