-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_switched__bellows";
