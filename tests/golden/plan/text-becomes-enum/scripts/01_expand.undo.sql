-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_User_role" ON "User";
DROP FUNCTION "zzzz_bellows_User_role"();

-- DropCast
DROP CAST ("Role" AS pg_catalog.text);

-- AlterTable
ALTER TABLE "User" DROP COLUMN "role__bellows";

-- DropEnum
DROP TYPE "Role";
