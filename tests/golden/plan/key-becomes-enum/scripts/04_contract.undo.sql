-- DropCheck
ALTER TABLE "Label" DROP CONSTRAINT "Label_carried__bellows";
