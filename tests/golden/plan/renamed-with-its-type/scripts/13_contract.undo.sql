-- DropCheck
ALTER TABLE "Ware" DROP CONSTRAINT "Ware_carried__bellows";
