-- DropCheck
ALTER TABLE "Author" DROP CONSTRAINT "Author_switched__bellows";
