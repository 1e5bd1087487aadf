-- bellows: plan=a8ec68be8caa31e4 phase=tighten script=6/9
-- SetNotNull
ALTER TABLE "Part" ALTER COLUMN "twice" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Part" ALTER COLUMN "loud" SET NOT NULL;

-- DropCheck
ALTER TABLE "Part" DROP CONSTRAINT "Part_required__bellows";
