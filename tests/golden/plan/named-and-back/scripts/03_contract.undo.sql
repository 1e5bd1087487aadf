-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_carried__bellows";
