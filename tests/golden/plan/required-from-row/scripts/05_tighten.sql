-- bellows: plan=4d91a61d35662d3e phase=tighten script=5/6
-- SetNotNull
ALTER TABLE "Medication" ALTER COLUMN "label" SET NOT NULL;

-- DropCheck
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_required__bellows";
