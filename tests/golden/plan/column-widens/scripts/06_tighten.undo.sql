-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "qty__bellows_required__bellows";
