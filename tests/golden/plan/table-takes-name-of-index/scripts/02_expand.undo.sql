-- DropCompatibilityView
DROP VIEW "T";

-- RenameTable
ALTER TABLE "U" RENAME TO "T";
