-- DropCheck
ALTER TABLE "A" DROP CONSTRAINT "A_required__bellows";
