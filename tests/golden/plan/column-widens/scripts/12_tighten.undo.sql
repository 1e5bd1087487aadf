-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "at__bellows_required__bellows";
