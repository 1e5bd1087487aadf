-- DropCompatibilityView
DROP VIEW "City";

-- RenameTable
ALTER TABLE "Team" RENAME TO "City";
