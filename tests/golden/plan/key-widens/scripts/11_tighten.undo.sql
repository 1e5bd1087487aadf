-- DropCheck
ALTER TABLE "Post" DROP CONSTRAINT "Post_switched__bellows";
