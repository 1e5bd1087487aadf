-- bellows: plan=cbeffac2e5283781 phase=tighten script=7/15
-- SetNotNull
ALTER TABLE "Entry" ALTER COLUMN "billId__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Entry" DROP CONSTRAINT "Entry_switched__bellows";
