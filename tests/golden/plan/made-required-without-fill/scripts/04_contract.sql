-- bellows: plan=6056f890aec32a0c phase=contract script=4/4
-- SetNotNull
ALTER TABLE "Medication" ALTER COLUMN "dose" SET NOT NULL;

-- DropCheck
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_required__bellows";
