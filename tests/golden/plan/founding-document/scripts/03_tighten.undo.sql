-- DropCompatibilityView
DROP VIEW "User";
ALTER TABLE "User__bellows" RENAME TO "User";

-- RenameColumn
ALTER TABLE "User" RENAME COLUMN "full_name" TO "name";
