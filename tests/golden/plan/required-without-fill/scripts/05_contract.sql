-- bellows: plan=c2fc473bda64ce70 phase=contract script=5/5
-- SetNotNull
ALTER TABLE "Medication" ALTER COLUMN "refillAt" SET NOT NULL;

-- DropCheck
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_required__bellows";
