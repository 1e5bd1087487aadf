-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_User_past" ON "User";
DROP FUNCTION "zzzz_bellows_User_past"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_User_role" ON "User";
DROP FUNCTION "zzzz_bellows_User_role"();

-- AlterTable
ALTER TABLE "User" DROP COLUMN "role__bellows",
DROP COLUMN "past__bellows";

-- DropEnum
DROP TYPE "Role_new__bellows";
