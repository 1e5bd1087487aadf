-- DropCompatibilityView
DROP VIEW "Part";
ALTER TABLE "Part__bellows" RENAME TO "Part";

-- RenameColumn
ALTER TABLE "Part" RENAME COLUMN "title" TO "name";
