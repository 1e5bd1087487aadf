-- bellows: plan=8d8462d2a6878bd3 phase=tighten script=8/15
-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "qty__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "qty__bellows_required__bellows";
