-- bellows: plan=fe4e7702d29f4154 phase=tighten script=5/8
-- SetNotNull
ALTER TABLE "Part" ALTER COLUMN "twice" SET NOT NULL;

-- DropCheck
ALTER TABLE "Part" DROP CONSTRAINT "Part_required__bellows";
