-- DropCheck
ALTER TABLE "Part" DROP CONSTRAINT "Part_required__bellows";
