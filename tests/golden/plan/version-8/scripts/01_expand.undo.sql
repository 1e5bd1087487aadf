-- DropCompatibilityView
DROP VIEW "Post";

-- RenameTable
ALTER TABLE "Article" RENAME TO "Post";
