-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_User_code" ON "User";
DROP FUNCTION "zzzz_bellows_User_code"();

-- AlterTable
ALTER TABLE "User" DROP COLUMN "code__bellows";
