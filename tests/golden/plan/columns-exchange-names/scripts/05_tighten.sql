-- bellows: plan=8f0490322dab5eda phase=tighten script=5/10
-- SetNotNull
ALTER TABLE "A" ALTER COLUMN "a" SET NOT NULL;

-- DropCheck
ALTER TABLE "A" DROP CONSTRAINT "A_required__bellows";
