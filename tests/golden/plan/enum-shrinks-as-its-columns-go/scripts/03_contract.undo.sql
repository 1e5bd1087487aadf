-- RenameEnum
ALTER TYPE "Role" RENAME TO "Role_new__bellows";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('USER', 'GUEST');

-- DropEnum
DROP TYPE "Role_new__bellows";
