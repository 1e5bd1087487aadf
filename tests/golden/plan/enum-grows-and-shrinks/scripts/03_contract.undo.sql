-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_carried__bellows";
