-- bellows: plan=d3b3dad81a8ebe7e phase=tighten script=6/9
-- SetNotNull
ALTER TABLE "Part" ALTER COLUMN "twice" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Part" ALTER COLUMN "loud" SET NOT NULL;

-- DropCheck
ALTER TABLE "Part" DROP CONSTRAINT "Part_required__bellows";
