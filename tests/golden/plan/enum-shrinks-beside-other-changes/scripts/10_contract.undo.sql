-- DropCheck
ALTER TABLE "Fresh" DROP CONSTRAINT "Fresh_carried__bellows";

-- DropCheck
ALTER TABLE "Child" DROP CONSTRAINT "Child_carried__bellows";

-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_carried__bellows";
