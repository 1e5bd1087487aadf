-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_switched__bellows";
