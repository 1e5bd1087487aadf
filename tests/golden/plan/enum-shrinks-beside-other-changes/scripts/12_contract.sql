-- bellows: plan=e8b2173e570c8d1b phase=contract script=12/13
/*
  Warnings:

  - column `gone` of the table `User` will be dropped; all values in it are lost
  - the table `Gone` will be dropped; all its rows are lost if it has any

*/
-- SetNotNull
ALTER TABLE "User" ALTER COLUMN "role__bellows" SET NOT NULL;

-- SetNotNull
ALTER TABLE "User" ALTER COLUMN "opt__bellows" SET NOT NULL;

-- SetNotNull
ALTER TABLE "User" ALTER COLUMN "req__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_carried__bellows";

-- SetNotNull
ALTER TABLE "Child" ALTER COLUMN "req__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Child" DROP CONSTRAINT "Child_carried__bellows";

-- SetNotNull
ALTER TABLE "Fresh" ALTER COLUMN "r__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Fresh" DROP CONSTRAINT "Fresh_carried__bellows";

-- AlterTable
ALTER TABLE "User" DROP COLUMN "gone";

-- DropTable
DROP TABLE "Gone";
