-- RenameEnum
ALTER TYPE "Role" RENAME VALUE 'new' TO 'old';
