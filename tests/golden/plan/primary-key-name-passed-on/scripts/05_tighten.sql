-- bellows: plan=2229f109bcea8d87 phase=tighten script=5/8
-- SetNotNull
ALTER TABLE "Ward" ALTER COLUMN "number" SET NOT NULL;

-- DropCheck
ALTER TABLE "Ward" DROP CONSTRAINT "Ward_required__bellows";
