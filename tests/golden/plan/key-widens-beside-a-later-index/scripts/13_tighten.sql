-- bellows: plan=cbeffac2e5283781 phase=tighten script=13/15
-- SetNotNull
ALTER TABLE "Bill" ALTER COLUMN "rank__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Bill" DROP CONSTRAINT "Bill_carried__bellows";
