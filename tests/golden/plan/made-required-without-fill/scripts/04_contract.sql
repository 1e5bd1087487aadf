-- bellows: plan=d3c5dc2aa165e0d7 phase=contract script=4/4
-- SetNotNull
ALTER TABLE "Medication" ALTER COLUMN "dose" SET NOT NULL;

-- DropCheck
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_required__bellows";
