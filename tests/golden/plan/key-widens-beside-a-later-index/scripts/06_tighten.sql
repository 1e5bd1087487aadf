-- bellows: plan=cbeffac2e5283781 phase=tighten script=6/15
-- SetNotNull
ALTER TABLE "Bill" ALTER COLUMN "id__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Bill" DROP CONSTRAINT "Bill_switched__bellows";
