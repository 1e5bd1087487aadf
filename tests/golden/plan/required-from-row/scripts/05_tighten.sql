-- bellows: plan=dc35578cfa0ac89a phase=tighten script=5/6
-- SetNotNull
ALTER TABLE "Medication" ALTER COLUMN "label" SET NOT NULL;

-- DropCheck
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_required__bellows";
