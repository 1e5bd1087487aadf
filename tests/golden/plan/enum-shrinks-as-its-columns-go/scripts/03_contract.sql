-- bellows: plan=0b29eb487dfc838e phase=contract script=3/3
-- bellows: tables="Role_new__bellows","Role","User"
-- CreateEnum
CREATE TYPE "Role_new__bellows" AS ENUM ('USER');

-- DropEnum
DROP TYPE "Role";

-- RenameEnum
ALTER TYPE "Role_new__bellows" RENAME TO "Role";
