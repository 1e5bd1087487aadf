-- RenameTable
ALTER TABLE "B" RENAME TO "_bellows_A";

-- RenameTable
ALTER TABLE "A" RENAME TO "B";

-- RenameTable
ALTER TABLE "_bellows_A" RENAME TO "A";
