-- DropCompatibilityView
DROP VIEW "User";

-- RenameTable
ALTER TABLE "people" RENAME TO "User";
