-- bellows: plan=481c4325292bc212 phase=tighten script=6/7
-- SetNotNull
ALTER TABLE "Medication" ALTER COLUMN "publicId" SET NOT NULL;

-- DropCheck
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_required__bellows";
