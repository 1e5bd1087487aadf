-- RenameEnum
ALTER TYPE "Second" RENAME TO "First";

-- RenameEnum
ALTER TYPE "Third" RENAME TO "Second";
