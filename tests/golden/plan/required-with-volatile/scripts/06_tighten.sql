-- bellows: plan=2261cc3547de8c83 phase=tighten script=6/7
-- SetNotNull
ALTER TABLE "Medication" ALTER COLUMN "publicId" SET NOT NULL;

-- DropCheck
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_required__bellows";
