-- bellows: plan=31c744692482debc phase=tighten script=5/6
-- SetNotNull
ALTER TABLE "Medication" ALTER COLUMN "refillAt" SET NOT NULL;

-- DropCheck
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_required__bellows";
