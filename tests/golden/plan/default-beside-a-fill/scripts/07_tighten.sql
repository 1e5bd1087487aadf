-- bellows: plan=eb25f38250f90636 phase=tighten script=7/7
-- SetNotNull
ALTER TABLE "Part" ALTER COLUMN "twice" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Part" ALTER COLUMN "token" SET NOT NULL;

-- DropCheck
ALTER TABLE "Part" DROP CONSTRAINT "Part_required__bellows";
