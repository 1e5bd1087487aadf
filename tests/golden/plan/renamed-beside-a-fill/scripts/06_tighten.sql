-- bellows: plan=866a43be9f18bf6f phase=tighten script=6/9
-- SetNotNull
ALTER TABLE "Part" ALTER COLUMN "twice" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Part" ALTER COLUMN "loud" SET NOT NULL;

-- DropCheck
ALTER TABLE "Part" DROP CONSTRAINT "Part_required__bellows";
