-- DropCheck
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_required__bellows";
