-- bellows: plan=3faf5d6c00574208 phase=tighten script=13/15
-- SetNotNull
ALTER TABLE "Bill" ALTER COLUMN "rank__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Bill" DROP CONSTRAINT "Bill_carried__bellows";
