-- DropCompatibilityView
DROP VIEW "User";
ALTER TABLE "User__bellows" RENAME TO "User";

-- RenameColumn
ALTER TABLE "User" RENAME COLUMN "display_name" TO "name";

-- RenameColumn
ALTER TABLE "User" RENAME COLUMN "mail" TO "email";
