-- bellows: plan=9c1cb33604538645 phase=tighten script=5/6
-- SetNotNull
ALTER TABLE "Medication" ALTER COLUMN "dose" SET NOT NULL;

-- DropCheck
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_required__bellows";
