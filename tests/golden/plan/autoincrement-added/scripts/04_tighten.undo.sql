-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_required__bellows";
