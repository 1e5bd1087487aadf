-- bellows: plan=2a30b2761c0cef6b phase=tighten script=5/10
-- SetNotNull
ALTER TABLE "A" ALTER COLUMN "a" SET NOT NULL;

-- DropCheck
ALTER TABLE "A" DROP CONSTRAINT "A_required__bellows";
