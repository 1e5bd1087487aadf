-- DropCompatibilityView
DROP VIEW "User";
ALTER TABLE "User__bellows" RENAME TO "User";

-- RenameColumn
ALTER TABLE "User" RENAME COLUMN "fullName" TO "name";
