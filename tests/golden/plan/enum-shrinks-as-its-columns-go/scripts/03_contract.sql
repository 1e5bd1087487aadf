-- bellows: plan=3422e0226bcc02d7 phase=contract script=3/3
-- bellows: tables="Role_new__bellows","Role","User"
-- CreateEnum
CREATE TYPE "Role_new__bellows" AS ENUM ('USER');

-- DropEnum
DROP TYPE "Role";

-- RenameEnum
ALTER TYPE "Role_new__bellows" RENAME TO "Role";
