-- bellows: plan=068a9677cac2ee4f phase=tighten script=13/15
-- SetNotNull
ALTER TABLE "Bill" ALTER COLUMN "rank__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Bill" DROP CONSTRAINT "Bill_carried__bellows";
